"""Kernel modules: loaded where they are missing, and named with what brings them where they cannot be."""

from __future__ import annotations

import platform
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.programs import attempt, present

MODULES = {
    "sit": "sit",
    "ipip": "ipip",
    "gre": "ip_gre",
    "gretap": "ip_gre",
    "ip6gre": "ip6_gre",
    "ip6gretap": "ip6_gre",
    "ip6tnl": "ip6_tunnel",
    "vti": "ip_vti",
    "vti6": "ip6_vti",
    "xfrm": "xfrm_interface",
    "vlan": "8021q",
    "tap": "tun",
}
"""The module by kind of link, where it has another name."""


def module_of(kind: str) -> str:
    """Return the kernel module that brings a kind of link."""
    return MODULES.get(kind, kind)


def load(kind: str) -> None:
    """Load the module of a kind of link; Refused says what is missing, and what brings it."""
    module = module_of(kind)
    if present("modprobe") and attempt("modprobe", "--quiet", module).returncode == 0:
        return
    raise Refused(f"the kernel {platform.release()} has no module {module}: {remedy(module)}")


def remedy(module: str) -> str:
    """Return what brings a missing module."""
    if contained():
        return f"this host is a container: run modprobe {module} on the machine that it runs on"
    if not present("modprobe"):
        return "install the package kmod, which loads modules"
    return f"{_kernel()}, and reboot into it"


def contained() -> bool:
    """Tell whether this host is a container, which has the kernel of another machine."""
    if any(Path(path).exists() for path in ("/run/systemd/container", "/.dockerenv", "/run/.containerenv")):
        return True
    try:
        return b"\0container=" in b"\0" + Path("/proc/1/environ").read_bytes()
    except OSError:
        return False


def _kernel() -> str:
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return f"install the package linux-image-{machine} (not linux-image-cloud-{machine}, which lacks modules)"
