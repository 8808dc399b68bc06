"""`isthmus devices check` and `trust` say what a Linux host is and can do, and record it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from isthmus.cli import main
from isthmus.devices import lock_entry, read_lock
from tests.support.sshd import SshHost, missing, ssh_host

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with ssh_host(tmp_path_factory.mktemp("sshd")) as host:
        yield host


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def declare(**devices: dict[str, Any]) -> None:
    Path("devices.yaml").write_text(yaml.safe_dump(devices))


def test_a_host_has_a_line_and_what_it_can_do(host: SshHost, capsys: pytest.CaptureFixture[str]) -> None:
    declare(gw=host.entry())
    assert main(["devices", "check"]) == 0
    text = capsys.readouterr().out
    head, line = text.splitlines()[:2]
    assert head.split() == ["DEVICE", "KERNEL", "HOSTNAME", "PYTHON", "FORWARDING", "CLOCK", "MACHINE", "HOST", "KEY"]
    assert f"{host.port:032x}" in line
    assert line.endswith(host.fingerprint())
    (skew,) = re.findall(r"([+-][0-9.]+) s, (?:not )?synchronised", line)
    assert abs(float(skew)) < 5
    told = {(what, state): names for _, what, state, names in (" ".join(row).split(maxsplit=3) for row in rows(text))}
    names = ", ".join(text for (what, _), text in told.items() if what == "modules")
    assert {"sit", "wireguard", "bridge", "tun", "nf_tables"} <= set(names.split(", "))
    assert "systemctl" in told["programs", "present"]


def rows(text: str) -> list[list[str]]:
    abilities = text.split("\n\n")[1].splitlines()[1:]
    return [line.replace("built in", "built-in").replace("not told", "not-told").split() for line in abilities]


def test_a_missing_program_is_named_with_its_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ssh_host(tmp_path / "bare", hidden="/usr/sbin/nft") as host:
        declare(gw=host.entry())
        assert main(["devices", "check"]) == 0
    assert "nft (package nftables)" in capsys.readouterr().out


def test_routers_and_hosts_have_a_table_each(host: SshHost, capsys: pytest.CaptureFixture[str]) -> None:
    router = {"host": "127.0.0.1", "port": 1, "user": "pulumi", "password": {"command": ["echo", "x"]}, "tls": "off"}
    declare(gw=host.entry(), seattle=router)
    assert main(["devices", "check"]) == 1
    routers, hosts, _ = capsys.readouterr().out.split("\n\n")
    assert routers.splitlines()[1].startswith("seattle  127.0.0.1:1 refuses the connection")
    assert hosts.splitlines()[1].startswith("gw ")


def test_this_machine_is_checked_without_ssh(capsys: pytest.CaptureFixture[str]) -> None:
    declare(here={"kind": "linux", "connection": "local"})
    assert main(["devices", "check"]) == 0
    assert "none, it is this machine" in capsys.readouterr().out


def test_a_host_that_fails_says_why(host: SshHost, capsys: pytest.CaptureFixture[str]) -> None:
    declare(gw=host.entry(), dead=host.entry(port=1))
    assert main(["devices", "check"]) == 1
    text = capsys.readouterr().out
    assert "127.0.0.1:1 refuses the connection: is sshd running there" in text
    assert host.fingerprint() in text


def test_a_new_host_is_shown_and_written_down(host: SshHost, capsys: pytest.CaptureFixture[str]) -> None:
    declare(gw=host.entry(host_key=None))
    assert main(["devices", "check"]) == 1
    capsys.readouterr()
    assert main(["devices", "trust", "--yes"]) == 0
    key, machine, kernel, wrote = capsys.readouterr().out.splitlines()
    assert key == f"gw: shows the host key {host.fingerprint()} (ssh-ed25519)"
    assert machine == f"gw: machine id {host.port:032x}"
    assert kernel.startswith("gw: kernel ")
    assert wrote == "wrote isthmus.lock.yaml: commit it"
    entry = lock_entry("gw")
    assert entry is not None
    assert (entry.serial, entry.host_key) == (f"{host.port:032x}", host.fingerprint())
    assert main(["devices", "check"]) == 0
    capsys.readouterr()
    assert main(["devices", "trust"]) == 0
    assert capsys.readouterr().out.splitlines() == ["gw: unchanged"]


def test_a_host_and_its_jump_host_are_trusted_together(
    host: SshHost, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ssh_host(tmp_path / "jump") as jump:
        way = {"host": "127.0.0.1", "port": jump.port, "key": str(jump.folder / "user")}
        declare(gw=host.entry(host_key=None, jump=way))
        assert main(["devices", "trust", "--yes"]) == 0
        first, second, *_ = capsys.readouterr().out.splitlines()
        assert first == f"gw: the jump host shows the host key {jump.fingerprint()} (ssh-ed25519)"
        assert second == f"gw: shows the host key {host.fingerprint()} (ssh-ed25519)"
        entry = lock_entry("gw")
        assert entry is not None
        assert entry.jump_host_key == jump.fingerprint()
        assert main(["devices", "check"]) == 0


def test_a_host_key_that_nobody_accepts_is_not_logged_in_to(
    host: SshHost, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(gw=host.entry(host_key=None))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: "")
    assert main(["devices", "trust"]) == 1
    assert read_lock(Path()) == {}
    assert "machine id" not in capsys.readouterr().out


def test_a_new_host_key_is_trusted_anew_beside_the_old_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ssh_host(tmp_path / "sshd") as host:
        declare(gw=host.entry(host_key=None))
        assert main(["devices", "trust", "--yes"]) == 0
        old = host.fingerprint()
        host.renew()
        assert main(["devices", "check"]) == 1
        assert f"trusted is {old} (the lock file)" in capsys.readouterr().out
        assert main(["devices", "trust", "--yes"]) == 0
        assert f"(was {old})" in capsys.readouterr().out
        assert main(["devices", "check"]) == 0


def test_a_password_of_sudo_is_refused_where_nobody_gives_it(capsys: pytest.CaptureFixture[str]) -> None:
    declare(here={"kind": "linux", "connection": "local", "sudo": {"env": "SUDO_PASSWORD"}})
    assert main(["devices", "check"]) == 1
    assert "sudo has no password with connection: local: run as root, or" in capsys.readouterr().err
