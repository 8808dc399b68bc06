"""Windows gets command files, and a profile that names them so that OpenVPN finds them in `Program Files`."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from isthmus_components import Ipv6Client
from isthmus_components.openvpn.profile import Profile
from isthmus_components.openvpn.windows import FOLDER, command, files

OPENVPN = shutil.which("openvpn", path="/usr/sbin:/usr/bin:/sbin")
DESK = Ipv6Client(name="desk", address="2001:db8:1::9/64", router="fe80::1", resolvers=["2001:db8::53"])
PROFILE = Profile(client=DESK, remote="192.0.2.1", inline={"key": "KEY"})
MTU = 1434
PATHS = [
    f"{FOLDER}\\desk-up.cmd",
    "C:\\Users\\Anna Maria\\OpenVPN\\config\\up.cmd",
    "D:\\new\\tunnels\\up.cmd",
    "\\\\server\\share one\\up.cmd",
    "C:\\it's here\\up.cmd",
]


def words(line: str) -> list[str]:
    """Read a line as OpenVPN does (`parse_line` in options.c): quotes, backslashes, blanks, comments."""
    found: list[str] = []
    current, quote, escaped, begun = "", "", False, False
    for sign in f"{line} ":
        if escaped:
            assert sign in '\\" ', f"openvpn refuses a backslash before {sign}"
            current, escaped = current + sign, False
        elif sign == "\\" and quote != "'":
            escaped = begun = True
        elif quote:
            current, quote = (current, "") if sign == quote else (current + sign, quote)
        elif sign.isspace():
            found, current, begun = ([*found, current] if begun else found), "", False
        elif not begun and sign in "#;":
            break
        elif not begun and sign in "\"'":
            quote, begun = sign, True
        else:
            current, begun = current + sign, True
    return found


def test_the_files_go_together() -> None:
    made = files(PROFILE, MTU)
    assert sorted(made) == ["desk-down.cmd", "desk-up.cmd", "desk.ovpn"]
    said = made["desk.ovpn"].split("\r\n")
    assert "script-security 2" in said
    for name in ("up", "down"):
        (line,) = [line for line in said if line.startswith(f"{name} ")]
        assert words(words(line)[1]) == [f"{FOLDER}\\desk-{name}.cmd"]


def test_the_command_files_set_the_address_and_take_it_away_again() -> None:
    made = files(PROFILE, MTU)
    up, down = made["desk-up.cmd"].split("\r\n"), made["desk-down.cmd"].split("\r\n")
    card = "netsh interface ipv6"
    assert up == [
        "@echo off",
        f"{card} set subinterface %dev_idx% mtu=1434 store=active",
        f"{card} add address interface=%dev_idx% address=2001:db8:1::9/64 store=active || exit /b 1",
        f"{card} add route prefix=2000::/3 interface=%dev_idx% nexthop=fe80::1 store=active || exit /b 1",
        f"{card} add dnsservers name=%dev_idx% address=2001:db8::53 validate=no",
        "exit /b 0",
        "",
    ]
    assert down == [
        "@echo off",
        f"{card} delete dnsservers name=%dev_idx% address=2001:db8::53 validate=no",
        f"{card} delete route prefix=2000::/3 interface=%dev_idx% nexthop=fe80::1 store=active",
        f"{card} delete address interface=%dev_idx% address=2001:db8:1::9 store=active",
        "exit /b 0",
        "",
    ]


def test_without_an_address_by_hand_a_profile_is_enough() -> None:
    made = files(replace(PROFILE, client=Ipv6Client(name="desk")), MTU)
    assert list(made) == ["desk.ovpn"]
    assert "up" not in [line.split()[0] for line in made["desk.ovpn"].split("\r\n") if line]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_one_word_after_both_readings(path: str) -> None:
    assert words(f"up {command(path)}")[0] == "up"
    (once,) = words(f"up {command(path)}")[1:]
    assert words(once) == [path]


@pytest.mark.skipif(OPENVPN is None, reason="openvpn is not installed: apt-get install openvpn")
@pytest.mark.parametrize("path", PATHS)
def test_openvpn_itself_runs_a_program_with_blanks_and_backslashes_in_its_path(tmp_path: Path, path: str) -> None:
    program = tmp_path / path
    program.write_text('#!/bin/sh\nprintf %s "$0" >ran\nexit 1\n')
    program.chmod(0o755)
    config = ["dev null", "secret key", "cipher AES-256-CBC", "remote 127.0.0.1 9", "nobind"]
    runs = ["script-security 2", f"up {command(path)}"]
    (tmp_path / "config.ovpn").write_text("\r\n".join([*config, *runs, ""]))
    subprocess.run([str(OPENVPN), "--genkey", "secret", "key"], cwd=tmp_path, check=True)
    done = subprocess.run(
        [str(OPENVPN), "--config", "config.ovpn"], cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False
    )
    assert (tmp_path / "ran").exists(), done.stdout
    assert (tmp_path / "ran").read_text() == path
