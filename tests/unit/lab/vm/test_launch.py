"""The command that boots a virtual machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from isthmus_lab.errors import LabError
from isthmus_lab.vm import launch, programs

PLAN = launch.Plan(Path("/boot/vmlinuz-6.1.0-9-amd64"), Path("/run/lab/vm/a"), ssh_port=2222)


def test_the_network_is_closed_but_for_ssh_from_this_machine() -> None:
    (options,) = [word for word in launch.command(PLAN, "/bin", detached=False) if word.startswith("--qemu-opts=")]
    assert "user,id=m0,restrict=on,ipv6=off,hostfwd=tcp:127.0.0.1:2222-10.0.2.15:22" in options.split()


def test_hardware_virtualisation_is_used_only_where_it_is_asked_for() -> None:
    assert "--disable-kvm" in launch.command(PLAN, "/bin", detached=False)
    asked = launch.Plan(PLAN.kernel, PLAN.folder, PLAN.ssh_port, kvm=True)
    assert "--disable-kvm" not in launch.command(asked, "/bin", detached=False)


@pytest.mark.parametrize("name", ["a b", "a,b", "a'b", "a=b", "a:b"])
def test_a_folder_whose_name_would_be_cut_up_is_refused(name: str) -> None:
    with pytest.raises(LabError, match=r"cannot be shared with a virtual machine"):
        launch.command(launch.Plan(PLAN.kernel, Path("/run") / name, 2222), "/bin", detached=True)


def test_missing_programs_are_told_by_their_packages(tmp_path: Path) -> None:
    (tmp_path / "ssh").touch(mode=0o755)
    with pytest.raises(LabError, match=r"apt-get install busybox-static iproute2 kmod nftables openssh-client "):
        programs.require(str(tmp_path))
