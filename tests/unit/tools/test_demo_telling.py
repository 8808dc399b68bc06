"""What the demo tells of Pulumi's output, and its picture."""

import re
from pathlib import Path

import pytest

from tools.demo import pulumi
from tools.demo.picture import picture
from tools.demo.pulumi import Pulumi, counts, differences
from tools.demo.telling import DemoError

PREVIEW = """\
Previewing update (demo):
~ pulumi:pulumi:Stack: (refresh)
    [urn=urn:pulumi:demo::isthmus::pulumi:pulumi:Stack::isthmus-demo]
seattle: /ip/firewall/nat srcnat: 1 to move

    ~ pulumi-python:dynamic/routeros/ip/firewall:NatRules: (update)
        [id=/ip/firewall/nat/srcnat#u-d0a2-3c6f060b]
        device: "seattle"
      ~ rules :
          - action=accept
          action=masquerade
          + action=accept
seattle: /ip/firewall/nat srcnat: 1 to move

Resources:
    ~ 1 to update
    27 unchanged

Duration: 7s
"""

BUILT = {
    "mtu": 1446,
    "mss": 1406,
    "built": {
        "boise": {"peer": "b", "policies": ["10.2.0.0/24 to 10.1.0.0/24"]},
        "seattle": {"peer": "a", "policies": ["10.1.0.0/24 to 10.2.0.0/24", "10.3.0.0/24 to 10.2.0.0/24"]},
    },
}


def test_a_preview_is_told_without_noise() -> None:
    assert differences(PREVIEW) == [
        "    ~ pulumi-python:dynamic/routeros/ip/firewall:NatRules: (update)",
        "      ~ rules :",
        "          - action=accept",
        "          action=masquerade",
        "          + action=accept",
        "seattle: /ip/firewall/nat srcnat: 1 to move",
    ]


def test_the_counts_of_resources_are_told() -> None:
    assert counts(PREVIEW) == ["~ 1 to update", "27 unchanged"]


def test_output_that_breaks_off_has_no_counts() -> None:
    assert counts("Updating (demo):") == []


def test_colours_are_kept_and_do_not_hide_noise() -> None:
    assert differences("\x1b[1m    [urn=x]\x1b[0m\n    \x1b[32m+ a=b\x1b[0m\n") == ["    \x1b[32m+ a=b\x1b[0m"]


def test_a_command_that_fails_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pulumi"
    program.write_text("#!/bin/sh\necho Updating; echo '    error: DeviceError: seattle: is off'; exit 255\n")
    program.chmod(0o755)
    monkeypatch.setattr(pulumi, "LOG", tmp_path / "pulumi.log")
    with pytest.raises(DemoError, match=re.escape("`pulumi up` failed: DeviceError: seattle: is off (all of it: ")):
        Pulumi({}, str(program)).run("up")


def test_the_picture_shows_both_ends_and_the_tunnel_between_them() -> None:
    drawn = picture(BUILT, {"seattle": "RouterOS 7.16", "boise": "RouterOS 7.20"})
    assert [line.split("│")[1].strip() for line in drawn if line.startswith("│")] == [
        "seattle, RouterOS 7.16",
        "peer      a",
        "policies  10.1.0.0/24 to 10.2.0.0/24",
        "policies  10.3.0.0/24 to 10.2.0.0/24",
        "boise, RouterOS 7.20",
        "peer      b",
        "policies  10.2.0.0/24 to 10.1.0.0/24",
    ]
    (tunnel,) = (line for line in drawn if "║" in line)
    assert "1446 bytes" in tunnel
    assert "1406" in tunnel
    assert {line.index(joint) for line, joint in zip(drawn[5:8], "╥║╨", strict=True)} == {8}
