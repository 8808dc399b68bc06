"""`isthmus devices check` says what each device is, or exactly why it cannot be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.cli import main
from isthmus.devices import LockEntry, write_lock
from tests.support.scripted_router import PASSWORD, STOCK, ScriptedRouter, done, row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEATTLE_PASSWORD", PASSWORD)
    return tmp_path


@pytest.fixture
def router() -> Iterator[ScriptedRouter]:
    with ScriptedRouter() as router:
        yield router


def entry(name: str, port: int, reference: str = "{env: SEATTLE_PASSWORD}") -> str:
    return f"{name}: {{host: 127.0.0.1, port: {port}, user: pulumi, password: {reference}, tls: off}}\n"


def test_each_device_has_its_line(router: ScriptedRouter, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {"/system/identity/print": row({"name": "bo"}) + done()}
    with ScriptedRouter(answers) as boise:
        (project / "devices.yaml").write_text(entry("seattle", router.port) + entry("boise", boise.port))
        assert main(["devices", "check"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "DEVICE   VERSION  BOARD        SERIAL     IDENTITY    CERTIFICATE",
        "seattle  7.16.1   RB5009UG+S+  HC1234567  seattle-gw  none, tls is off",
        "boise    7.16.1   RB5009UG+S+  HC1234567  bo          none, tls is off",
    ]


def test_only_named_devices_are_asked(
    router: ScriptedRouter, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "lab.yaml").write_text(entry("seattle", router.port) + entry("boise", 1))
    assert main(["devices", "check", "seattle", "--devices", "lab.yaml"]) == 0
    assert "boise" not in capsys.readouterr().out


def test_a_failure_has_its_reason_and_the_others_their_line(
    router: ScriptedRouter, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = entry("spokane", router.port, "{env: SPOKANE_PASSWORD}")
    (project / "devices.yaml").write_text(entry("seattle", router.port) + entry("boise", 1) + missing)
    assert main(["devices", "check"]) == 1
    _, seattle, boise, spokane = capsys.readouterr().out.splitlines()
    assert seattle.startswith("seattle  7.16.1")
    assert boise.startswith("boise    127.0.0.1:1 refuses the connection")
    assert spokane.startswith("spokane  env SPOKANE_PASSWORD is not set")


def test_another_version_than_recorded_is_a_warning(
    router: ScriptedRouter, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "devices.yaml").write_text(entry("seattle", router.port))
    write_lock(project, {"seattle": LockEntry(serial="HC1234567", version="7.15")})
    assert main(["devices", "check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("warning: seattle: runs RouterOS 7.16.1, the lock file")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["boise"], "isthmus: unknown device boise: devices.yaml has seattle"),
        (["--devices", "absent.yaml"], "isthmus: absent.yaml: no such devices file: say where it is (--devices, or"),
    ],
)
def test_a_users_mistake_is_one_line_on_standard_error(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    (project / "devices.yaml").write_text(entry("seattle", 1))
    assert main(["devices", "check", *arguments]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(message)


def test_a_credential_in_the_stacks_configuration_is_asked_of_pulumi(
    router: ScriptedRouter, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulumi = project / "pulumi"
    pulumi.write_text(
        f"""#!/bin/sh
        test "$*" = "config --show-secrets --json --stack lab" || exit 1
        echo '{{"isthmus:seattle": {{"value": "{PASSWORD}", "secret": true}}}}'
        """
    )
    pulumi.chmod(0o755)
    monkeypatch.setenv("PATH", str(project), prepend=":")
    (project / "devices.yaml").write_text(entry("seattle", router.port, "{config: seattle}"))
    assert main(["devices", "check", "--stack", "lab"]) == 0


def test_a_configuration_that_pulumi_does_not_tell_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(project))
    (project / "devices.yaml").write_text(entry("seattle", 1, "{config: seattle}"))
    assert main(["devices", "check"]) == 1
    assert "`pulumi config` fails here: select a stack or give --stack" in capsys.readouterr().err


def test_the_password_is_in_no_line(
    router: ScriptedRouter, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", "wrong horse")
    (project / "devices.yaml").write_text(entry("seattle", router.port))
    assert main(["devices", "check"]) == 1
    out = capsys.readouterr().out
    assert "refuses the user pulumi" in out
    assert "wrong horse" not in out


def test_the_device_is_asked_no_more_than_a_login_needs(router: ScriptedRouter, project: Path) -> None:
    (project / "devices.yaml").write_text(entry("seattle", router.port))
    main(["devices", "check"])
    assert [words[0] for words in router.sentences] == list(STOCK)
