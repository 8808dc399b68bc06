"""Kernel settings under /proc/sys (sysctl(8), proc_sys(5))."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.recorded import Recorded
from isthmus_agent.within import exists, within

ROOT = Path("/proc/sys")
_MODULES = {"net.bridge": "br_netfilter", "net.netfilter.nf_conntrack": "nf_conntrack"}
"""The modules that bring keys, by how the keys begin."""


class Sysctl(Recorded):
    """A kernel setting, which is always there: it is set, and given back.

    It comes back at boot by the agent's own restore and not by a file in /etc/sysctl.d: only so does it work in a
    network namespace, and for a link that the agent makes after those files were read.
    """

    kind: ClassVar[str] = "sysctl"
    keys: ClassVar[tuple[str, ...]] = ("name", "netns")
    standing: ClassVar[bool] = True

    def find(self, host: Host, wanted: Props) -> Props | None:  # noqa: ARG002 - a setting is the kernel's alone
        """Return the setting as the kernel has it."""
        netns = wanted.get("netns") or ""
        if not exists(netns):
            return None
        with within(netns):
            try:
                value = _path(wanted["name"]).read_text()
            except FileNotFoundError:
                return None
        return {"name": wanted["name"], "netns": netns, "value": " ".join(value.split())}

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - nobody can make one
        """Say why there is no such setting."""
        netns = wanted.get("netns") or ""
        with within(netns):
            raise Refused(_missing(wanted["name"], netns), "name")

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:  # noqa: ARG002 - shows no mark
        """Set the value."""
        if "value" not in different:
            return
        name, netns, value = actual["name"], actual.get("netns") or "", different["value"]
        if (netns or host.netns) and not name.startswith("net."):
            raise Refused("it is one for the whole machine: declare it on the machine itself", "name")
        with within(netns):
            try:
                _path(name).write_text(f"{value}\n")
            except OSError as error:
                raise Refused(f"the kernel refuses {value!r}: {error.strerror}", "value") from None

    def cuts(self, host: Host, props: Props) -> bool:  # noqa: ARG002 - of the whole network
        """It may, where it is about the host's own network: forwarding, for one, ends router advertisements."""
        return str(props["name"]).startswith("net.") and not props.get("netns")

    def remove(self, host: Host, actual: Props) -> None:
        """Nothing: a setting stays with its value."""


def _path(name: str) -> Path:
    """Return where a setting stands; in a dotted name a slash stands for a dot, as in `eth0/100`."""
    return ROOT.joinpath(*(part.replace("/", ".") for part in name.split(".")))


def _missing(name: str, netns: str) -> str:
    parts = name.split(".")
    where = f" in namespace {netns}" if netns else ""
    if parts[0] == "net" and parts[2:3] in (["conf"], ["neigh"]) and len(parts) > 4:  # noqa: PLR2004 - net.ipv4.conf.LINK.KEY
        link = parts[3].replace("/", ".")
        if not _path(".".join(parts[:4])).exists():
            return f"there is no link {link!r}{where}: declare it, and name the setting by its resource"
    module = next((module for start, module in _MODULES.items() if name.startswith(start)), "")
    remedy = f"load the module {module}" if module else "look for its name with sysctl -a"
    return f"the kernel has no such setting{where}: {remedy}"
