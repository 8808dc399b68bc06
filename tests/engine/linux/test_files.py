"""Files and folders, from a Pulumi program and back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.deployment import Deployment

SECRET = "hunter2-hunter2"
PROGRAM = """
folder = linux.Folder("ccd", device="gw", path={folder!r}, mode="0750")
linux.File(
    "client", device="gw", path=folder.path.apply("{{}}/client".format), content={content!r}, group="nogroup"
)
after = pulumi.ResourceOptions(depends_on=[folder])
linux.File("key", device="gw", path={key!r}, secret_content={secret!r}, opts=after)
linux.File("motd", device="gw", path={motd!r}, content="ours\\n", adopt=True)
"""


def test_files_come_change_drift_and_go(project: Deployment, tmp_path: Path) -> None:
    folder, key, motd = tmp_path / "ccd", tmp_path / "ccd" / "key", tmp_path / "motd"
    motd.write_text("theirs\n")
    motd.chmod(0o640)

    def program(content: str, secret: str = SECRET) -> None:
        project.program(
            PROGRAM.format(folder=str(folder), key=str(key), motd=str(motd), content=content, secret=secret)
        )

    program("iroute 192.0.2.0 255.255.255.0\n")
    project.up()
    client = folder / "client"
    assert client.read_text() == "iroute 192.0.2.0 255.255.255.0\n"
    assert (client.group(), key.stat().st_mode & 0o777) == ("nogroup", 0o600)
    project.unchanged("--refresh")

    client.write_text("by hand\n")
    client.chmod(0o600)
    key.write_text("0ther")
    motd.unlink()
    drift = project.preview("--refresh").text
    assert "by hand" in drift
    assert "0ther" not in drift
    project.pulumi("refresh", "--yes", check=True)
    assert "0ther" not in json.dumps(project.state())
    project.up()
    assert (client.read_text(), client.stat().st_mode & 0o777) == ("iroute 192.0.2.0 255.255.255.0\n", 0o644)
    assert (key.read_text(), motd.read_text()) == (SECRET, "ours\n")
    assert SECRET not in json.dumps(project.state())
    project.unchanged("--refresh")

    program("push-reset\n", "another")
    changed = project.up().text
    assert (client.read_text(), key.read_text()) == ("push-reset\n", "another")
    assert "another" not in changed

    project.destroy()
    assert not folder.exists()


def test_what_is_wrong_is_said_in_a_preview(project: Deployment) -> None:
    project.program('linux.File("number", device="gw", path="/etc/motd", content="", mode=0o644)')
    said = project.preview(check=False).text
    assert "gw: file: mode: expected octal digits as text, such as '0644', found 420" in said
    project.program('linux.File("both", device="gw", path="/etc/motd", content="", secret_content="")')
    both = project.preview(check=False).text
    assert "both: content and secret_content are both given: keep one of them" in both
    assert "Traceback" not in both
