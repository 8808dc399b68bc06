"""Network namespaces with a name (ip-netns(8))."""

from __future__ import annotations

from pathlib import Path

from pyroute2 import netns
from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Props

FOLDER = Path("/run/netns")
LOOPBACK, UP = 1, 0x1
"""The index of `lo` in every namespace, and IFF_UP."""


class Netns(Kind):
    """A network namespace, with its loopback up unless told otherwise."""

    def list(self, host: Host, netns: str) -> list[Props]:  # noqa: ARG002 - namespaces are the machine's
        """Return all namespaces that have a name."""
        return [_shown(host, name) for name in sorted(_names()) if _alive(name)]

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the namespace of that name; Refused if a file is in its place."""
        name = wanted["name"]
        if name not in _names():
            return None
        if not _alive(name):
            raise Refused(f"{FOLDER / name} is there and is no namespace: remove it (ip netns delete {name})", "name")
        return _shown(host, name)

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - a namespace shows no mark
        """Make the namespace."""
        netns.create(wanted["name"])
        _set(host, wanted["name"], up=bool(wanted.get("loopback", True)))

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:  # noqa: ARG002 - as in make
        """Change whether its loopback is up."""
        if different.get("loopback") is not None:
            _set(host, actual["name"], up=bool(different["loopback"]))

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the namespace; the kernel removes what is virtual in it, and takes hardware back."""
        host.forget(actual["name"])
        netns.remove(actual["name"])


def _names() -> list[str]:
    return [path.name for path in FOLDER.iterdir()] if FOLDER.is_dir() else []


def _alive(name: str) -> bool:
    """Tell whether a name still stands for a namespace: after a crash it may be an empty file."""
    try:
        return FOLDER.joinpath(name).stat().st_dev != FOLDER.stat().st_dev
    except OSError:
        return False


def _shown(host: Host, name: str) -> Props:
    try:
        loopback = host.route(name).get_links(LOOPBACK)[0]
    except (NetlinkError, IndexError):
        return {"name": name, "loopback": False}
    return {"name": name, "loopback": bool(loopback["flags"] & UP)}


def _set(host: Host, name: str, *, up: bool) -> None:
    host.route(name).link("set", index=LOOPBACK, state="up" if up else "down")
