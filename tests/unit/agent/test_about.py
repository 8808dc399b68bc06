"""What a host can do is read from the kernel's own indexes."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from isthmus_agent import about_programs
from isthmus_agent.about_modules import modules
from isthmus_agent.about_system import clock, forwarding


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "lib/modules" / platform.release()
    folder.mkdir(parents=True)
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc/modules").write_text("bridge 393216 0 - Live 0x0\nstp 16384 1 bridge, Live 0x0\n")
    (folder / "modules.builtin").write_text("kernel/drivers/net/tun.ko\nkernel/net/xfrm/xfrm-interface.ko\n")
    (folder / "modules.dep").write_text(
        "kernel/net/ipv6/sit.ko.xz: kernel/net/ipv4/ip_tunnel.ko.xz\n"
        "kernel/net/8021q/8021q.ko.zst:\nkernel/net/bridge/bridge.ko: kernel/net/802/stp.ko\n"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("module", "state"),
    [
        ("bridge", "loaded"),
        ("tun", "built in"),
        ("xfrm_interface", "built in"),
        ("sit", "loadable"),
        ("8021q", "loadable"),
        ("wireguard", "missing"),
        ("esp4", "missing"),
    ],
)
def test_a_module_is_as_the_indexes_say(root: Path, module: str, state: str) -> None:
    assert modules(root)[module] == state


def test_a_program_is_told_with_its_place_and_package() -> None:
    found = about_programs.programs()
    assert found["swanctl"]["package"] == "strongswan-swanctl"
    assert all(told["path"] == "" or Path(told["path"]).is_file() for told in found.values())


def test_forwarding_and_clock_are_the_kernels() -> None:
    assert forwarding()["ipv4"] is (Path("/proc/sys/net/ipv4/ip_forward").read_text().strip() == "1")
    assert clock()["synchronised"] in (True, False)
