"""The host that the agent runs on: its kernel by network namespace, and where the agent keeps its own files."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from pyroute2 import IPRoute

from isthmus_agent.errors import Refused
from isthmus_agent.wire import Wire

HOME = Path("/var/lib/isthmus")
"""Where the record, the undo notes and the installed agent are kept; only root can read it."""


class Host:
    """This host; one netlink socket a namespace, opened when first used.

    A network namespace that is a device of its own, `netns`, is entered by the process: '' is then that one.
    """

    def __init__(self, netns: str = "", home: Path = HOME) -> None:
        self.netns = netns
        self.base = home
        self.home = home / "netns" / netns if netns else home
        self._sockets: dict[tuple[str, bool], IPRoute] = {}
        self.carrying: list[Optional[frozenset[str]]] = []  # noqa: UP045 - hosts may have Python 3.9
        """What carries the session, while nothing changes (`links.session`)."""
        self._wires: dict[str, Wire] = {}

    def route(self, netns: str = "", *, strict: bool = False) -> IPRoute:
        """Return the netlink socket of a namespace; '' is the host's own. On a strict one the kernel filters dumps."""
        if (netns, strict) not in self._sockets:
            self._sockets[netns, strict] = self._open(netns, strict=strict)
        return self._sockets[netns, strict]

    def wire(self, netns: str = "") -> Wire:
        """Return the socket of a namespace for many requests at once."""
        if netns not in self._wires:
            self._wires[netns] = Wire(netns)
        return self._wires[netns]

    def close(self) -> None:
        """Close all sockets."""
        for socket in (*self._sockets.values(), *self._wires.values()):
            socket.close()
        self._sockets.clear()
        self._wires.clear()

    def forget(self, netns: str) -> None:
        """Close the socket of a namespace that is about to go."""
        for strict in (False, True):
            socket = self._sockets.pop((netns, strict), None)
            if socket is not None:
                socket.close()
        wire = self._wires.pop(netns, None)
        if wire is not None:
            wire.close()

    @staticmethod
    def _open(name: str, *, strict: bool) -> IPRoute:
        if name and not Path("/run/netns", name).exists():
            raise Refused(f"there is no network namespace {name!r}; declare it (linux.Netns) and refer to it", "netns")
        where = {"netns": name} if name else {}
        return IPRoute(**where, ext_ack=True, strict_check=strict)
