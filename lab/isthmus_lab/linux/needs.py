"""What a lab needs of the machine, found out before anything is made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from isthmus_lab.errors import LabError
from isthmus_lab.linux import programs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from isthmus_lab.topology import Topology

_PACKAGES: Final = {
    "ip": "iproute2",
    "tc": "iproute2",
    "nsenter": "util-linux",
    "unshare": "util-linux",
    "sshd": "openssh-server",
    "sudo": "sudo",
    "tcpdump": "tcpdump",
    "radvd": "radvd",
    "openvpn": "openvpn",
    "nft": "nftables",
    "ping": "iputils-ping",
    "socat": "socat",
    "bird": "bird2",
    "birdc": "bird2",
    "swanctl": "strongswan-swanctl",
    "charon-systemd": "charon-systemd",
    "wg": "wireguard-tools",
    "dnsmasq": "dnsmasq-base",
    "dhclient": "isc-dhcp-client",
    "dhcpd": "isc-dhcp-server",
    "tracepath": "iputils-tracepath",
    "systemd-nspawn": "systemd-container",
    "ifup": "ifupdown",
    "NetworkManager": "network-manager",
}
"""Which Debian package brings a program."""

_PROBES: Final = {
    "veth": ["ip", "link", "add", "isthmus0", "type", "veth", "peer", "name", "isthmus1"],
    "bridge": ["ip", "link", "add", "isthmus0", "type", "bridge"],
    "netem": ["tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms"],
}
"""How a part of the kernel is tried, in a network namespace that ends with the trial."""
_MODULES: Final = {"netem": "sch_netem"}


def check(topology: Topology, *, here: str = "this machine") -> None:
    """Raise :class:`LabError`, one line for each kind of need, where the machine cannot carry the topology."""
    if os.geteuid() != 0:
        raise LabError("a lab of Linux hosts is made by root: use sudo, or --vm")
    lines = [*_missing_programs(_programs(topology)), *_missing_kernel(_kernel(topology), here)]
    if lines:
        raise LabError("\n".join(lines))


def program(name: str) -> None:
    """Raise :class:`LabError` naming the package where a program is missing."""
    if lines := list(_missing_programs([name])):
        raise LabError("\n".join(lines))


def _programs(topology: Topology) -> list[str]:
    """All programs that the lab itself and the commands of the topology run."""
    named = ["ip", "nsenter", "unshare"]
    if any(link.impaired for link in topology.links.values()):
        named.append("tc")
    for node in topology.hosts.values():
        made = {path for path in node.files if path.startswith("/")}
        named += ["sshd", *(command[0] for command in (*node.run, *node.on_boot) if command[0] not in made)]
        if node.ssh.user != "root" and node.ssh.sudo:
            named.append("sudo")
        if node.whole:
            named.append("systemd-nspawn")
    return list(dict.fromkeys(named))


def _missing_programs(named: Sequence[str]) -> Iterator[str]:
    missing = [name for name in named if shutil.which(name, path=programs.PATH) is None]
    packages = sorted({_PACKAGES[name] for name in missing if name in _PACKAGES})
    if packages:
        yield f"Debian packages are missing: apt-get install {' '.join(packages)}"
    if unknown := [name for name in missing if name not in _PACKAGES]:
        yield f"no such program here: {', '.join(unknown)}: install what brings it, or mend the topology"


def _kernel(topology: Topology) -> list[str]:
    parts = ["overlay", "tun"] if topology.hosts else []
    if topology.links:
        parts += ["veth", "bridge"]
    if any(link.impaired for link in topology.links.values()):
        parts.append("netem")
    return [*parts, *topology.modules]


def _missing_kernel(parts: Iterable[str], here: str) -> Iterator[str]:
    if missing := [part for part in dict.fromkeys(parts) if not has(part)]:
        why = " (for delay and loss)" if "netem" in missing else ""
        yield f"the kernel of {here} ({os.uname().release}) lacks {', '.join(missing)}{why}: use --vm"


def has(part: str) -> bool:
    """Whether the kernel has a part, loading its module if need be."""
    if not re.fullmatch(r"[a-z0-9_-]+", part, re.IGNORECASE):
        return False
    _load(_MODULES.get(part, part))
    if part in _PROBES:
        return _succeeds(["unshare", "--net", "--", *_PROBES[part]])
    if part == "overlay":
        return "\toverlay\n" in Path("/proc/filesystems").read_text()
    if part == "tun":
        return Path("/dev/net/tun").exists()
    return _is_loaded(part) or _makes_link(part)


def _load(module: str) -> None:
    if shutil.which("modprobe", path=programs.PATH):
        _succeeds(["modprobe", "--quiet", "--", module])


def _is_loaded(module: str) -> bool:
    """Whether it is loaded, or stands in the kernel itself."""
    name = module.replace("-", "_")
    if (Path("/sys/module") / name).exists():
        return True
    builtin = Path("/lib/modules") / os.uname().release / "modules.builtin"
    return builtin.exists() and f"/{name}.ko" in builtin.read_text().replace("-", "_")


def _makes_link(kind: str) -> bool:
    """Whether a link of this kind can be made: a module that is built in is not seen otherwise on every kernel."""
    return _succeeds(["unshare", "--net", "--", "ip", "link", "add", "isthmus0", "type", kind])


def _succeeds(argv: Sequence[str]) -> bool:
    done = subprocess.run(argv, capture_output=True, check=False, env=programs.CLEAN)
    return done.returncode == 0
