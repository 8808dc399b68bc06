"""Which links carry the SSH session that the agent is spoken to by."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.address_words import dumped
from isthmus_agent.kinds.links.netlink import kind_of
from isthmus_agent.kinds.links.told import links as all_links

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
    return frozenset(carriers(host, *ends)) if ends else None


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


def carriers(host: Host, client: str, server: str, netns: str = "") -> set[str]:
    """Return the links that a session goes over: the one with its address, that to its client, and what is below."""
    links = {message["index"]: message for message in all_links(host, netns)}
    here = {message["index"] for message in dumped(host, netns) if _address(message) == server}
    over = here | _towards(host.route(netns), client)
    return {str(links[index].get("ifname")) for start in over for index in _below(links, start) if index in links}


def _towards(route: IPRoute, client: str) -> set[int]:
    try:
        found = route.route("get", dst=client)
    except (NetlinkError, OSError):
        return set()
    return {index for message in found if (index := message.get("oif"))}


def _below(links: dict[int, Any], start: int) -> Iterator[int]:
    """Return a link and those that it stands on: a VLAN and its card; the other end of a pair is not below it."""
    yield start
    message = links.get(start)
    if message is None or message.get("link_netnsid") is not None or kind_of(message) == "veth":
        return
    under = message.get("link")
    if under and under != start:
        yield from _below(links, under)


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
