"""A route as the kernel's message has it, and in our words (rtnetlink(7), linux/rtnetlink.h)."""

from __future__ import annotations

import ipaddress
import socket
import struct
from collections.abc import Callable, Mapping
from typing import Any

from isthmus_agent import wire_read as read
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.route_names import OURS, named, number

FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}
ANY = {socket.AF_INET: "0.0.0.0", socket.AF_INET6: "::"}  # noqa: S104 - the destination of a default route
METRICS = ("mtu", "advmss", "hoplimit", "initcwnd", "initrwnd", "window")
"""Metrics that are numbers, by what `ip route` calls them."""
MTU_LOCK = 1 << 2
"""The bit of RTAX_MTU in RTAX_LOCK."""
ONLINK = 4
"""RTNH_F_ONLINK."""
CLONED = 0x200
"""RTM_F_CLONED: an exception that the kernel keeps, no route of anybody's."""
METRIC6 = 1024
"""IP6_RT_PRIO_USER, the metric that IPv6 gives a route without one."""
LEADING_NOWHERE = ("blackhole", "unreachable", "prohibit", "throw")
GETROUTE = 26
"""RTM_GETROUTE."""
TABLE = 15
"""RTA_TABLE."""
_GATEWAYS = {5: ("gateway", read.address), 18: ("via", read.family_address)}
_HOP = read.Shape(struct.Struct("=HBBi"), ("len", "flags", "hops", "oif"), _GATEWAYS)
"""struct rtnexthop."""
_METRICS = {1: "lock", 2: "mtu", 3: "window", 8: "advmss", 10: "hoplimit", 11: "initcwnd", 14: "initrwnd"}
"""RTAX_..."""


def _metrics_of(value: bytes) -> dict[str, int]:
    return {_METRICS[kind]: read.number(number) for kind, number in read.attributes(value) if kind in _METRICS}


def _hops_of(value: bytes) -> list[dict[str, Any]]:
    hops = []
    while value:
        (size,) = struct.unpack_from("=H", value)
        hops.append(_HOP.read(value[:size], 0))
        value = value[size + 3 & ~3 :]
    return hops


MESSAGE = read.Shape(
    struct.Struct("=8BI"),
    ("family", "dst_len", "src_len", "tos", "table", "proto", "scope", "type", "flags"),
    {
        1: ("dst", read.address),
        4: ("oif", read.number),
        6: ("priority", read.number),
        7: ("prefsrc", read.address),
        8: ("metrics", _metrics_of),
        9: ("multipath", _hops_of),
        TABLE: ("table", read.number),
        **_GATEWAYS,
    },
)
"""struct rtmsg, and RTA_..."""


def dumped(host: Host, netns: str, family: int = 0, table: int = 0) -> list[dict[str, Any]]:
    """Return the kernel's messages about all routes, or those of a family and table."""
    only = struct.pack("=HHI", 8, TABLE, table) if table else b""
    found = host.wire(netns).dump(GETROUTE, MESSAGE.head.pack(family, 0, 0, 0, 0, 0, 0, 0, 0) + only)
    return [MESSAGE.read(message) for message in found]


def family_of(props: Props) -> int:
    """Return the address family of a route."""
    return FAMILIES[ipaddress.ip_network(props["dst"]).version]


def shown(message: Any, names: Mapping[int, str], netns: str) -> Props:
    """Return a message in our words; '' stands for what the route does not have."""
    kind = named("type", message["type"])
    dst = message.get("dst") or ANY[message["family"]]
    metrics = message.get("metrics")
    numbers = {name: (metrics.get(name) if metrics else None) or "" for name in METRICS}
    locked = (metrics.get("lock") if metrics else None) or 0
    return {
        "dst": f"{dst}/{message['dst_len']}",
        "table": named("table", message.get("table") or message["table"]),
        "metric": message.get("priority") or 0,
        "tos": message["tos"],
        "netns": netns,
        "type": kind,
        "via": via_of(message),
        "dev": "" if kind in LEADING_NOWHERE else names.get(message.get("oif") or 0, ""),
        "src": message.get("prefsrc") or "",
        "onlink": bool(message["flags"] & ONLINK),
        "scope": named("scope", message["scope"]),
        "proto": named("proto", message["proto"]),
        "nexthops": sorted(_hop_text(hop, names) for hop in message.get("multipath") or []),
        "mtu_lock": bool(locked & MTU_LOCK),
        **numbers,
    }


def via_of(message: Any) -> str:
    """Return the gateway of a route or of one of its next hops; it may be of the other family (RFC 8950)."""
    other = message.get("via")
    return str(message.get("gateway") or (other["addr"] if other else "") or "")


def request(wanted: Props, index: Callable[[str], int]) -> dict[str, Any]:
    """Return the arguments with which pyroute2 makes or replaces a route; `index` gives that of a link."""
    family = family_of(wanted)
    hops = [_hop(hop_words(text), family, index) for text in wanted.get("nexthops") or []]
    optional = {"prefsrc": wanted.get("src"), "multipath": hops, "metrics": _metrics(wanted)}
    dev = wanted.get("dev")
    return {
        **key(wanted),
        "type": number("type", wanted.get("type") or "unicast"),
        "scope": number("scope", wanted.get("scope") or scope(wanted)),
        "proto": number("proto", wanted.get("proto") or OURS),
        "flags": ONLINK if wanted.get("onlink") else 0,
        **_gateway(wanted.get("via"), family),
        **({"oif": index(dev)} if dev else {}),
        **{name: value for name, value in optional.items() if value},
    }


def key(props: Props) -> dict[str, Any]:
    """Return the arguments that tell the kernel which route is meant."""
    family = family_of(props)
    table = number("table", props["table"])
    metric = props.get("metric") or 0
    return {
        "family": family,
        "dst": props["dst"],
        "table": table,
        "tos": props.get("tos") or 0,
        **({"priority": metric} if metric else {}),
    }


def exactly(actual: Props) -> dict[str, Any]:
    """Return the arguments with which pyroute2 removes a route that is there, whatever its scope."""
    kinds = {name: number(name, actual[name]) for name in ("type", "proto")}
    return {**key(actual), **kinds, "scope": number("scope", "nowhere")}


def scope(wanted: Props) -> str:
    """Return the scope that `ip route add` gives: of IPv4 only, IPv6 has none."""
    if family_of(wanted) == socket.AF_INET6:
        return "global"
    if wanted.get("type") == "local":
        return "host"
    leads = wanted.get("via") or wanted.get("nexthops") or wanted.get("type") in LEADING_NOWHERE
    return "global" if leads else "link"


def hop_words(text: str) -> dict[str, str]:
    """Read a next hop, `via ADDRESS dev LINK weight NUMBER onlink`."""
    words = text.split()
    onlink = {"onlink": "yes"} if "onlink" in words else {}
    pairs = [word for word in words if word != "onlink"]
    return {**dict(zip(pairs[::2], pairs[1::2])), **onlink}


def _hop_text(hop: Any, names: Mapping[int, str]) -> str:
    via = via_of(hop)
    words = [
        f"via {via}" if via else "",
        f"dev {names.get(hop['oif'], '')}",
        f"weight {hop['hops'] + 1}" if hop["hops"] else "",
        "onlink" if hop["flags"] & ONLINK else "",
    ]
    return " ".join(word for word in words if word)


def _hop(words: dict[str, str], family: int, index: Callable[[str], int]) -> dict[str, Any]:
    return {
        "hops": int(words.get("weight", "1")) - 1,
        "flags": ONLINK if "onlink" in words else 0,
        **({"oif": index(words["dev"])} if "dev" in words else {}),
        **_gateway(words.get("via"), family),
    }


def _gateway(via: Any, family: int) -> dict[str, Any]:
    if not via:
        return {}
    other = FAMILIES[ipaddress.ip_address(via).version]
    return {"gateway": via} if other == family else {"via": {"family": other, "addr": via}}


def _metrics(wanted: Props) -> dict[str, int]:
    numbers = {name: int(wanted[name]) for name in METRICS if wanted.get(name)}
    return {**numbers, **({"lock": MTU_LOCK} if wanted.get("mtu_lock") else {})}
