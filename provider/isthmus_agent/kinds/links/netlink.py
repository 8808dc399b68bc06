"""What the kernel is asked about links, and how they refer to one another across network namespaces."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any, Optional

from pyroute2 import IPRoute, netns
from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.links.told import links
from isthmus_agent.kinds.requests import only, send, written

OWN = "/proc/self/ns/net"
"""The namespace that the agent is in."""
NO_LINK = "there is no link {!r}; declare it and refer to it by its resource"


def message_of(route: IPRoute, name: str) -> Any:
    """Return what the kernel tells of a link, None if there is none of that name."""
    try:
        return route.link("get", ifname=name)[0]
    except NetlinkError as error:
        if error.code in (errno.ENODEV, errno.EINVAL, errno.ERANGE):
            return None
        raise


def index_of(route: IPRoute, name: str) -> int:
    """Return the index of a link; Refused if there is none of that name."""
    message = message_of(route, name)
    if message is None:
        raise Refused(NO_LINK.format(name))
    return int(message["index"])


class Indexes:
    """The indexes of links by name, by one reading of each namespace."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._known: dict[str, dict[str, int]] = {}

    def of(self, netns: str, name: str) -> int:
        """Return the index of a link; Refused if there is none of that name."""
        if netns not in self._known:
            self._known[netns] = {name: index for index, name in names(self._host, netns).items()}
        if name not in self._known[netns]:
            raise Refused(NO_LINK.format(name))
        return self._known[netns][name]


def remove_group(host: Host, netns: str, doomed: Collection[str]) -> None:
    """Remove links in one message, as members of a group that no other link is in; those that are gone are none."""
    here = links(host, netns)
    taken = {head.get("group") for head in here}
    group = next(number for number in count(1 + secrets.randbelow(1 << 30)) if number not in taken)
    indexes = [head["index"] for head in here if head["ifname"] in doomed]
    only(send(host, [(netns, partial(written, "link", "set", index=index, group=group)) for index in indexes]))
    if indexes:
        only(send(host, [(netns, partial(written, "link", "del", group=group))]))


def names(host: Host, netns: str) -> dict[int, str]:
    """Return the names of all links, by index."""
    return {head["index"]: str(head["ifname"]) for head in links(host, netns)}


def kind_of(message: Any) -> str:
    """Return the kernel's name for a link's kind, '' for hardware."""
    info = message.get("linkinfo")
    return str(info.get("kind") or "") if info else ""


def data_of(message: Any, part: str = "IFLA_INFO_DATA") -> dict[str, Any]:
    """Return the attributes that only links of this kind have."""
    data = message.get_nested("IFLA_LINKINFO", part)
    return {slot[0]: slot[1] for slot in data["attrs"]} if data is not None and not isinstance(data, str) else {}


@contextmanager
def opened(name: str) -> Iterator[int]:
    """Open a namespace, '' the agent's own; Refused if there is none of that name."""
    path = f"/run/netns/{name}" if name else OWN
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Refused(f"there is no network namespace {name!r}; declare it (linux.Netns) and refer to it") from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Be in another namespace for a while."""
    if not name:
        yield
        return
    with opened("") as back, opened(name) as there:
        netns.setns(there)
        try:
            yield
        finally:
            netns.setns(back)


class Others:
    """The other namespaces that links of one namespace refer to, asked once each."""

    def __init__(self, host: Host, here: str) -> None:
        self._host = host
        self._here = here
        self._by_id: Optional[dict[int, str]] = None  # noqa: UP045 - hosts may have Python 3.9
        self._names: dict[str, dict[int, str]] = {}

    def name(self, message: Any) -> str:
        """Return the namespace that a link's other end or underlay is in, `here` if it is in none of its own."""
        number = message.get("link_netnsid")
        if number is None:
            return self._here
        if self._by_id is None:
            self._by_id = dict(self._known())
        return self._by_id.get(number, f"#{number}")

    def link(self, index: Any, where: str) -> str:
        """Return the name of a link by its index in a namespace, '' for none."""
        if not index:
            return ""
        if where not in self._names:
            self._names[where] = names(self._host, where) if not where.startswith("#") else {}
        return self._names[where].get(index, f"#{index}")

    def _known(self) -> Iterator[tuple[int, str]]:
        route = self._host.route(self._here)
        for name in ["", *netns.listnetns()]:
            try:
                with opened(name) as descriptor:
                    number = route.get_netnsid(fd=descriptor)["nsid"]
            except (Refused, NetlinkError, OSError):
                continue
            if number is not None and 0 <= number < 1 << 31:
                yield number, name
