"""Which links carry the SSH session that the agent is spoken to by."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.address_words import dumped
from isthmus_agent.kinds.links.netlink import data_of, kind_of
from isthmus_agent.kinds.links.told import links as all_links

ENDS_ELSEWHERE = ("wireguard", "tun")
"""Kinds of links whose packets leave as those of a program or a peer, to any address."""
STRANGERS = ("240.0.0.1", "100::1")
"""Addresses that nobody has, so that only default routes lead there (RFC 1112, RFC 6666)."""
_REMOTE = ("_REMOTE", "VXLAN_GROUP", "VXLAN_GROUP6")
"""How the attributes end that tell where a tunnel's packets go."""
VARIABLE = "SSH_CONNECTION"
"""What sshd tells: the client's address and port, then the server's."""


def refuse_cutting(host: Host, netns: str, name: str) -> None:
    """Raise Refused if the session comes in by a link: under a bridge it has no addresses of its own any more."""
    if netns:
        return
    ends = connection()
    if ends and name in carriers(host, *ends):
        raise Refused(
            f"carries this SSH session (from {ends[0]} to {ends[1]}), which a bridge would cut: "
            "use linux.BridgeTakeover, which moves its addresses and routes along",
            "dev",
        )


def over(host: Host, netns: str, *names: str) -> bool:
    """Tell whether the session comes in by one of some links; where that cannot be told, it may."""
    if netns:
        return False
    (carrying,) = host.carrying or [_carrying(host)]
    return carrying is None or not carrying.isdisjoint(names)


@contextmanager
def standing_still(host: Host) -> Iterator[None]:
    """Ask once what carries the session, while nothing changes: `over` is asked of hundreds of objects."""
    host.carrying = [_carrying(host)]
    try:
        yield
    finally:
        host.carrying = []


def _carrying(host: Host) -> Optional[frozenset[str]]:  # noqa: UP045 - hosts may have Python 3.9
    """Return the links that carry the session, None where that cannot be told."""
    ends = connection()
    return frozenset(carriers(host, *ends, whole=True)) if ends else None


def connection() -> Optional[tuple[str, str]]:  # noqa: UP045 - hosts may have Python 3.9
    """Return the addresses of the client and of this host, None if no SSH session is above this process.

    sudo hides the variable from us, so those that started us are asked too.
    """
    for process in _ancestors():
        told = _variable(process)
        if told:
            words = told.split()
            return (words[0].partition("%")[0], words[2].partition("%")[0]) if len(words) == 4 else None  # noqa: PLR2004
    return None


def carriers(host: Host, client: str, server: str, netns: str = "", *, whole: bool = False) -> set[str]:
    """Return the links that a session goes over: the one with its address, that to its client, and what is below.

    whole: also those of which it cannot be told: every port of a bridge, and what a tunnel's packets leave by.
    """
    links = {message["index"]: message for message in all_links(host, netns)}
    here = {message["index"] for message in dumped(host, netns) if _address(message) == server}
    route = host.route(netns)
    below = _whole(links, route) if whole else _under(links)
    return {str(links[index].get("ifname")) for index in _reached(here | _towards(route, client), below)}


def _towards(route: IPRoute, address: str) -> set[int]:
    try:
        found = route.route("get", dst=address)
    except (NetlinkError, OSError):
        return set()
    return {index for message in found if (index := message.get("oif"))}


def _reached(start: Iterable[int], below: Callable[[int], set[int]]) -> set[int]:
    """Return links and those below them, of a loop each once."""
    found: set[int] = set()
    waiting = set(start)
    while waiting:
        index = waiting.pop()
        found.add(index)
        waiting |= below(index) - found
    return found


def _under(links: Mapping[int, Any]) -> Callable[[int], set[int]]:
    """Return what tells the links that one stands on: a VLAN's card; the other end of a pair is not below it."""

    def under(index: int) -> set[int]:
        message = links[index]
        if message.get("link_netnsid") is not None or kind_of(message) == "veth":
            return set()
        return {message.get("link")} & set(links)

    return under


def _whole(links: Mapping[int, Any], route: IPRoute) -> Callable[[int], set[int]]:
    """Return what tells besides them the ports of a bridge, and the links that a tunnel's packets leave by."""
    under = _under(links)

    def below(index: int) -> set[int]:
        message = links[index]
        if message.get("link_netnsid") is not None:
            return set()
        kind = kind_of(message)
        ports = {each for each, port in links.items() if port.get("master") == index} if kind == "bridge" else set()
        remotes = STRANGERS if kind in ENDS_ELSEWHERE else _remotes(message)
        ways = {way for remote in remotes for way in _towards(route, remote)}
        return under(index) | (ports | ways) & set(links)

    return below


def _remotes(message: Any) -> list[str]:
    """Return the addresses that a tunnel's packets go to."""
    return [str(value) for name, value in data_of(message).items() if name.endswith(_REMOTE) and value]


def _address(message: Any) -> str:
    return str(message.get("local") or message.get("address"))


def _ancestors() -> Iterator[str]:
    process = "self"
    while process not in ("", "0"):
        yield process
        process = _parent(process)


def _parent(process: str) -> str:
    if process == "self":
        return str(os.getppid())
    try:
        # The name, in parentheses, may hold anything.
        return Path("/proc", process, "stat").read_text().rpartition(")")[2].split()[1]
    except (OSError, IndexError):
        return ""


def _variable(process: str) -> str:
    if process == "self":
        return os.environ.get(VARIABLE, "")
    try:
        entries = Path("/proc", process, "environ").read_bytes().split(b"\0")
    except OSError:
        return ""
    start = f"{VARIABLE}=".encode()
    return next((entry[len(start) :].decode(errors="replace") for entry in entries if entry.startswith(start)), "")
