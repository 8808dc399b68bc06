"""Addresses that this host answers for on a link, though another has them (ip-neighbour(8), `proxy`)."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, ClassVar

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Props
from isthmus_agent.kinds.links.link import index_of

PROXY = 0x08
"""NTF_PROXY: the entry is of the table of proxies, which is apart from that of neighbours."""
_FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}
_GONE = 2
"""ENOENT."""


class NeighbourProxy(Kind):
    """One address for which the host answers on one link."""

    keys: ClassVar[tuple[str, ...]] = ("address", "dev")
    bulk: ClassVar[bool] = True

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return all entries, of both families."""
        route = host.route(netns)
        names = {message["index"]: message.get("ifname") for message in route.get_links()}
        messages = [message for family in _FAMILIES.values() for message in _entries(route, family)]
        return [
            {"address": message.get("dst"), "dev": names[message["ifindex"]], "netns": netns}
            for message in messages
            if message["ifindex"] in names
        ]

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - the kernel shows no mark
        """Add the entry."""
        host.route(wanted.get("netns") or "").neigh("add", **_request(host, wanted))

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Do nothing: all that an entry has is its key."""

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the entry; one that went with its link is gone already."""
        try:
            host.route(actual.get("netns") or "").neigh("del", **_request(host, actual))
        except NetlinkError as error:
            if error.code != _GONE:
                raise


def _entries(route: Any, family: int) -> Any:
    # pyroute2 takes what it is given for a filter of the answer, unless it is given one: the kernel must see the flag.
    return route.neigh("dump", dump_filter=lambda _: True, family=family, flags=PROXY)


def _request(host: Host, props: Props) -> dict[str, Any]:
    family = _FAMILIES[ipaddress.ip_address(props["address"]).version]
    index = index_of(host.route(props.get("netns") or ""), props["dev"])
    return {"dst": props["address"], "ifindex": index, "family": family, "flags": PROXY}
