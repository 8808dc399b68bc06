"""Addresses and routes, taken from one link to another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface
from typing import Any

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.address import Address
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.route import Route
from isthmus_agent.kinds.route_words import hop_words
from isthmus_agent.kinds.takeover import route_lines

FOREVER = ("forever", 0, "", None)
"""Lifetimes that do not end."""


@dataclass(frozen=True)
class Belongings:
    """What is on a link besides what the kernel puts there by itself; read from lines, it is on none yet."""

    addresses: list[Props]
    routes: list[Props]
    dev: str = ""

    @classmethod
    def read(cls, addresses: list[str], routes: list[str], netns: str) -> Belongings:
        """Read belongings from their lines."""
        here = {"netns": netns}
        return cls(
            [{"address": line, **here} for line in addresses], [{**route_lines.read(line), **here} for line in routes]
        )

    @property
    def address_lines(self) -> list[str]:
        """The addresses with their prefix lengths."""
        return sorted(str(props["address"]) for props in self.addresses)

    @property
    def route_lines(self) -> list[str]:
        """The routes as `ip route` writes them, without their link."""
        return sorted(route_lines.line(props, self.dev) for props in self.routes)

    def lasting(self, leased: Collection[str] = ()) -> Belongings:
        """Return what somebody set by hand or by a file: no lease, and nothing that a router advertised.

        leased: addresses of leases that nothing else tells of; routes by way of their networks came with them.
        """
        kept = [props for props in self.addresses if not _ends(props) and _host(props) not in leased]
        networks = [ip_interface(props["address"]).network for props in self.addresses if props not in kept]
        return Belongings(
            kept,
            [
                props
                for props in self.routes
                if props.get("proto") not in ("ra", "dhcp") and not _came_with(props, networks)
            ],
            self.dev,
        )


def belongings(host: Host, netns: str, dev: str) -> Belongings:
    """Return the addresses and routes of a link, without link-local addresses and what the kernel derives."""
    addresses = [props for props in Address().list(host, netns) if props["dev"] == dev and not _link_local(props)]
    bare = {str(ip_interface(props["address"]).network) for props in addresses if props.get("noprefixroute")}
    here = [props for props in Route().list(host, netns) if _over(props, dev) and props.get("proto") != "ra"]
    routes = [props for props in here if props.get("proto") != "kernel" or str(props["dst"]) in bare]
    return Belongings(addresses, routes, dev)


def carry(host: Host, there: Belongings, dev: str) -> None:
    """Put belongings on another link: addresses first, then the routes that need them.

    They were proven unique on this network, so that duplicate address detection is not waited for. What cannot be
    put there keeps nothing else from it, and is told at the end.
    """
    with ExitStack() as last:
        for props in there.addresses:
            with _telling_later(last):
                _put_address(host, _moved(props, dev))
        for props in sorted(there.routes, key=lambda props: bool(_gateways(props))):
            with _telling_later(last):
                _put_route(host, route_lines.renamed(props, there.dev, dev))


@contextmanager
def _telling_later(last: ExitStack) -> Iterator[None]:
    try:
        yield
    except (NetlinkError, Refused) as error:
        last.callback(_tell, error)


def _tell(error: Exception) -> None:
    raise error


def take_off(host: Host, there: Belongings) -> None:
    """Take belongings off their link; routes go with the last address, and some earlier."""
    for props in there.routes:
        with suppress(NetlinkError, Refused):
            Route().remove(host, props)
    for props in there.addresses:
        with suppress(NetlinkError):
            Address().remove(host, props)


def _put_address(host: Host, props: Props) -> None:
    kind = Address()
    if kind.find(host, kind.normal(props)) is None:
        kind.make(host, props, "")


def _put_route(host: Host, props: Props) -> None:
    """Add a route, beside the one of the same destination and metric that a router may have advertised meanwhile."""
    kind = Route()
    wanted = kind.normal(props)
    here = [actual for actual in kind.list(host, props.get("netns") or "") if kind.same_key(actual, wanted)]
    if all(actual.get("proto") == "ra" for actual in here):
        kind.append(host, props)


def _moved(address: Props, dev: str) -> Props:
    """Return an address on another link; its label goes along: `eth0:1` on br0 is `br0:1`."""
    label = {"label": dev + "".join(str(address["label"]).partition(":")[1:])} if address.get("label") else {}
    return {**address, "dev": dev, **label, **({"nodad": True} if ":" in address["address"] else {})}


def _ends(address: Props) -> bool:
    return address.get("valid_lft") not in FOREVER


def _host(address: Props) -> str:
    return str(address["address"]).partition("/")[0]


def _came_with(route: Props, networks: Collection[Any]) -> bool:
    """Tell whether a route leads to one of the networks, or to others by way of it."""
    gateways = _gateways(route)
    return any(
        str(route["dst"]) == str(network) or (gateways and all(ip_address(each) in network for each in gateways))
        for network in networks
    )


def _gateways(route: Props) -> list[str]:
    hops = [hop_words(str(hop)).get("via") for hop in route.get("nexthops") or []]
    return [str(via) for via in (route.get("via"), *hops) if via]


def _link_local(props: Props) -> bool:
    return str(props["address"]).startswith("fe80:")


def _over(route: Props, dev: str) -> bool:
    hops = route.get("nexthops") or []
    return route.get("dev") == dev or any(f"dev {dev}" in f"{hop} " for hop in hops)
