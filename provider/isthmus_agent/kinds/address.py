"""Addresses on links."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, ClassVar

from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Props
from isthmus_agent.kinds.links.link import index_of

FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}


class Address(Kind):
    """An address with its prefix, on a link: `192.0.2.1/24 dev eth0`."""

    keys: ClassVar[tuple[str, ...]] = ("address", "dev")

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return all addresses."""
        route = host.route(netns)
        names = {message["index"]: message.get("ifname") for message in route.get_links()}
        return [_shown(message, names, netns) for message in route.get_addr()]

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - the kernel shows no mark
        """Add the address."""
        route = host.route(wanted.get("netns") or "")
        interface = ipaddress.ip_interface(wanted["address"])
        peer = {"address": wanted["peer"], "local": str(interface.ip)} if wanted.get("peer") else {}
        route.addr(
            "add",
            index=index_of(route, wanted["dev"]),
            **(peer or {"address": str(interface.ip)}),
            prefixlen=interface.network.prefixlen,
            family=FAMILIES[interface.version],
        )

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """An address has nothing but its keys: another peer is another address."""
        if different:
            self.remove(host, actual)
            self.make(host, {**actual, **different}, mark)

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the address."""
        route = host.route(actual.get("netns") or "")
        interface = ipaddress.ip_interface(actual["address"])
        route.addr(
            "del",
            index=index_of(route, actual["dev"]),
            address=str(interface.ip),
            prefixlen=interface.network.prefixlen,
        )


def _shown(message: Any, names: dict[int, str], netns: str) -> Props:
    local = message.get("local") or message.get("address")
    peer = message.get("address")
    return {
        "address": f"{local}/{message['prefixlen']}",
        "dev": names.get(message["index"], ""),
        "peer": peer if peer != local else "",
        "netns": netns,
    }
