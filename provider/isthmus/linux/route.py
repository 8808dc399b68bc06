"""Routes (ip-route(8))."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from isthmus.declare.fields import Fields, Property, Required, required, word
from isthmus.declare.values import Address as AnyAddress
from isthmus.declare.values import number
from isthmus.engine.kinds import iproute
from isthmus.linux.base import Object

_METRIC6 = "1024"
"""The metric that IPv6 gives a route without one (IP6_RT_PRIO_USER)."""
_NUMBER = number(1, 0xFFFFFFFF)
_LEADING_NOWHERE = ("blackhole", "unreachable", "prohibit", "throw")

RouteType = Literal["unicast", "local", "blackhole", "unreachable", "prohibit", "throw"]
NextHops = Sequence[Annotated[str | Mapping[str, Any], iproute.NextHop()]]


class RouteWords(Fields):
    """What a route says of itself."""

    dst: Required[Annotated[str, iproute.Network()]] = required(
        "Destination, `198.51.100.0/24`; all is `0.0.0.0/0` or `::/0`.", replaces=True
    )
    table: Property[Annotated[str | int, iproute.Table()]] = word(
        "Routing table, by its number or a name that the host has for it.", default="main", replaces=True
    )
    metric: Property[Annotated[int, number(0, 0xFFFFFFFF)]] = word(
        "Preference, the lowest first; by default 0, of IPv6 1024.", replaces=True
    )
    tos: Property[Annotated[int, number(0, 255)]] = word(
        "Type of service that packets must have; IPv4 only.", default="0", replaces=True
    )
    netns: Property[str] = word(
        "Network namespace of the route; by default the host's own.", default="", replaces=True, refers=True
    )
    type: Property[RouteType] = word(
        "What becomes of packets: they are sent on (`unicast`), taken (`local`), dropped in silence (`blackhole`) or "
        "with an answer (`unreachable`, `prohibit`), or looked up in the next table (`throw`).",
        default="unicast",
    )
    via: Property[AnyAddress] = word(
        "Address of the gateway; an IPv4 route may have an IPv6 one (RFC 8950).", default=""
    )
    dev: Property[str] = word("The link that packets leave by.", default="", refers=True)
    src: Property[AnyAddress] = word("Address of this host that its own packets are sent from.", default="")
    nexthops: Property[NextHops] = word(
        "Several gateways that share the packets, in place of `via` and `dev`: `via 192.0.2.1 dev eth0 weight 2`, or "
        "the same as a mapping.",
        default="",
    )
    onlink: Property[bool] = word("Whether the gateway is on the link, whatever the addresses say.", default="no")
    scope: Property[Annotated[str | int, iproute.SCOPES]] = word(
        "How far the destination is: `global` behind a gateway, `link` on a link, `host` on this one; IPv4 only."
    )
    proto: Property[Annotated[str | int, iproute.ROUTE_PROTOCOLS]] = word(
        "Who put it there: 200 is us, by which `ip route show proto 200` lists what is ours.", default="200"
    )
    mtu: Property[Annotated[int, _NUMBER]] = word("Largest packet in bytes on the way.", default="")
    mtu_lock: Property[bool] = word("Whether path MTU discovery leaves the MTU alone.", default="no")
    advmss: Property[Annotated[int, _NUMBER]] = word("Largest TCP segment in bytes that we announce.", default="")
    hoplimit: Property[Annotated[int, number(1, 255)]] = word("Hops that our packets may take.", default="")
    initcwnd: Property[Annotated[int, _NUMBER]] = word(
        "Segments that a TCP connection begins to send with.", default=""
    )
    initrwnd: Property[Annotated[int, _NUMBER]] = word(
        "Segments that a TCP connection begins to receive with.", default=""
    )
    window: Property[Annotated[int, _NUMBER]] = word("Largest TCP window in bytes that we announce.", default="")


def implied(words: Mapping[str, str]) -> dict[str, str]:
    """Return the key that the kernel gives a route that does not say all of it."""
    metric = words.get("metric") or "0"
    default = _METRIC6 if ":" in words.get("dst", "") else "0"
    return {
        "metric": default if metric == "0" else metric,
        "table": words.get("table") or "main",
        "tos": words.get("tos") or "0",
    }


def together(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Say what does not go together in a route."""
    yield from _families(words)
    yield from _leading(words)
    if "mtu_lock" in words and words["mtu_lock"] == "yes" and not words.get("mtu"):
        yield "mtu_lock", "there is no MTU to lock: add mtu"


def _families(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    dst = ipaddress.ip_network(words["dst"])
    if dst.version == 6:  # noqa: PLR2004
        if words.get("via") and ":" not in words["via"]:
            yield "via", f"{words['via']} cannot lead to {dst}: an IPv6 route needs an IPv6 gateway"
        for name in ("tos", "scope"):
            if words.get(name, "0") not in {"0", "global"}:
                yield name, f"only IPv4 routes have it, and {dst} is none: remove it"
    if words.get("src") and ipaddress.ip_address(words["src"]).version != dst.version:
        yield "src", f"{words['src']} is of another family than {dst}: both must be of one"


def _leading(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    kind, given = words.get("type", "unicast"), [name for name in ("via", "dev", "nexthops") if words.get(name)]
    if kind in _LEADING_NOWHERE and given:
        yield given[0], f"a route of type {kind} leads nowhere: remove it, or the type"
    if kind not in _LEADING_NOWHERE and not given:
        yield "via", "a route needs via (a gateway), dev (a link), nexthops, or a type that leads nowhere"
    if "nexthops" in given and len(given) > 1:
        yield (
            "nexthops",
            f"{' and '.join(name for name in given if name != 'nexthops')} stands beside it: say all in one",
        )
    if "nexthops" in given and "," not in words["nexthops"]:
        yield "nexthops", "expected two or more: one alone is via and dev"
    if words.get("onlink") == "yes" and not (words.get("via") and words.get("dev")):
        yield "onlink", "it says on which link a gateway is: give via and dev"


class Route(
    RouteWords,
    Object,
    kind="route",
    key=("dst", "table", "metric", "tos", "netns"),
    implied=implied,
    together=together,
    cuts=True,
):
    """A route. Those of the kernel, of DHCP and router advertisements, and of routing daemons are never touched."""
