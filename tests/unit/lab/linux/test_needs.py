"""What a machine lacks is told before anything is made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from isthmus_lab import LabError
from isthmus_lab.linux import needs, programs
from isthmus_lab.topology import parse

LAB = 'name: lab\nnodes:\n  a: {run: [[radvd]], ssh: {user: operator}}\nlinks:\n  l: {ends: ["a:eth0"], delay: 1ms}\n'


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has no program at all, and so no way to try its kernel."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(programs, "PATH", str(tmp_path))
    monkeypatch.setattr(programs, "CLEAN", {"PATH": str(tmp_path)})
    return tmp_path


def test_missing_packages_and_kernel_parts_are_told_in_a_line_each(bare_machine: Path) -> None:
    unshare = bare_machine / "unshare"
    unshare.write_text("#!/bin/sh\nexit 1\n")
    unshare.chmod(0o755)
    with pytest.raises(LabError) as refusal:
        needs.check(parse(LAB))
    packages, kernel = str(refusal.value).splitlines()
    assert packages == ("Debian packages are missing: apt-get install iproute2 openssh-server radvd sudo util-linux")
    assert kernel.startswith(f"the kernel of this machine ({os.uname().release}) lacks ")
    assert kernel.endswith("veth, bridge, netem (for delay and loss): use --vm")


def test_a_program_that_no_known_package_brings_is_told(bare_machine: Path) -> None:
    for name in ("ip", "nsenter", "unshare", "sshd"):
        (bare_machine / name).write_text("#!/bin/sh\nexit 1\n")
        (bare_machine / name).chmod(0o755)
    with pytest.raises(LabError, match="no such program here: no-such-daemon: install what brings it"):
        needs.check(parse("name: lab\nnodes:\n  a: {run: [[no-such-daemon]]}\n"))


def test_a_program_that_the_topology_itself_writes_is_not_missed(bare_machine: Path) -> None:
    for name in ("ip", "nsenter", "unshare", "sshd"):
        (bare_machine / name).write_text("#!/bin/sh\nexit 0\n")
        (bare_machine / name).chmod(0o755)
    needs.check(parse("name: lab\nnodes:\n  a: {files: {/srv/tool: x}, run: [[/srv/tool]]}\n"))


def test_only_root_makes_a_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(LabError, match="made by root: use sudo, or --vm"):
        needs.check(parse("name: lab\nnodes: {a: }\n"))


def test_capturing_names_the_package_of_tcpdump() -> None:
    with pytest.raises(LabError, match=r"^Debian packages are missing: apt-get install tcpdump$"):
        needs.program("tcpdump")
