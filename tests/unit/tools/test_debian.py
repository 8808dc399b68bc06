"""The Debian packages of the tests with real packets: found quickly, installed quietly, told where they cannot be."""

import subprocess
from pathlib import Path

import pytest

from tools import debian
from tools.debian import quiet, step


def _run_by(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("PACKETS", raising=False)
    return folder


def test_the_list_is_in_order_without_doubles() -> None:
    names = debian.wanted()
    assert len(set(names)) == len(names)
    assert {"linux-image-amd64", "qemu-system-x86", "systemd-container"} <= set(names)


def test_what_is_unknown_or_half_removed_is_missing(programs: Path) -> None:
    known = "\n".join(f"installed {name}" for name in debian.wanted() if name not in {"kmod", "socat"})
    _run_by(programs, "dpkg-query", f"echo '{known}\nconfig-files kmod'; echo no socat >&2; exit 1")
    assert debian.missing() == ["kmod", "socat"]


def test_all_is_missing_where_there_is_no_dpkg(programs: Path) -> None:
    assert not list(programs.iterdir())
    assert debian.missing() == debian.wanted()


def test_who_may_not_install_is_told_what_to_type(
    programs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    _run_by(programs, "apt-get", "exit 1")
    _run_by(programs, "sudo", "echo a password is required >&2; exit 1")
    step.ensure()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(f": apt-get install --no-install-recommends {' '.join(debian.wanted())}")


def test_another_system_is_told_what_is_needed(programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not list(programs.iterdir())
    step.ensure()
    assert "this is no Debian" in capsys.readouterr().err


def test_packets_0_leaves_them_out(
    programs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _run_by(programs, "dpkg-query", "exit 1")
    monkeypatch.setenv("PACKETS", "0")
    step.ensure()
    assert not capsys.readouterr().err


def _allows(policy: Path) -> bool:
    return subprocess.run([policy, "ssh", "start"], check=False).returncode != 101


def test_no_daemon_starts_while_packages_are_installed(tmp_path: Path) -> None:
    policy = tmp_path / "policy-rc.d"
    with quiet.nothing_starts(policy):
        assert not _allows(policy)
    assert not list(tmp_path.iterdir())


def test_the_machines_own_policy_comes_back(tmp_path: Path) -> None:
    policy = tmp_path / "policy-rc.d"
    _run_by(tmp_path, "policy-rc.d", "exit 104")
    before = policy.read_text()
    with quiet.nothing_starts(policy):
        assert policy.read_text() != before
    assert policy.read_text() == before
    assert [file.name for file in tmp_path.iterdir()] == ["policy-rc.d"]


def test_an_installation_that_was_killed_forbids_nothing_any_more(tmp_path: Path) -> None:
    policy = tmp_path / "policy-rc.d"
    _run_by(tmp_path, "policy-rc.d", "exit 104")
    program = (
        "import os, sys; from pathlib import Path; from tools.debian import quiet\n"
        "with quiet.nothing_starts(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run(["python", "-c", program, policy], check=False)
    assert subprocess.run([policy, "ssh", "start"], check=False).returncode == 104
    with quiet.nothing_starts(policy):
        assert not _allows(policy)
    assert subprocess.run([policy, "ssh", "start"], check=False).returncode == 104
    assert [file.name for file in tmp_path.iterdir()] == ["policy-rc.d"]
