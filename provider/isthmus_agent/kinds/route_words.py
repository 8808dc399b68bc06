"""A route as the kernel's message has it, and in our words (rtnetlink(7), linux/rtnetlink.h)."""

from __future__ import annotations

import ipaddress
import socket
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from isthmus_agent import wire_words as wire
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
_GATEWAYS: dict[int, wire.Word] = {
    5: ("gateway", wire.address, wire.packed),
    18: ("via", wire.family_address, wire.packed_with_family),
}
_HOP = wire.Shape(struct.Struct("=HBBi"), ("len", "flags", "hops", "oif"), _GATEWAYS)
"""struct rtnexthop."""
_METRICS = {1: "lock", 2: "mtu", 3: "window", 8: "advmss", 10: "hoplimit", 11: "initcwnd", 14: "initrwnd"}
"""RTAX_..."""


def _metrics_of(value: bytes) -> dict[str, int]:
    return {_METRICS[kind]: wire.number(number) for kind, number in wire.attributes(value) if kind in _METRICS}


def _packed_metrics(metrics: Mapping[str, int]) -> bytes:
    return b"".join(
        wire.attribute(kind, wire.word(metrics[name])) for kind, name in _METRICS.items() if name in metrics
    )


def _packed_hops(hops: Sequence[Mapping[str, Any]]) -> bytes:
    return b"".join(_HOP.write({**hop, "len": len(_HOP.write(hop, hop))}, hop) for hop in hops)


def _hops_of(value: bytes) -> list[dict[str, Any]]:
    hops = []
    while value:
        (size,) = struct.unpack_from("=H", value)
        hops.append(_HOP.read(value[:size], 0))
        value = value[size + 3 & ~3 :]
    return hops


MESSAGE = wire.Shape(
    struct.Struct("=8BI"),
    ("family", "dst_len", "src_len", "tos", "table", "proto", "scope", "type", "flags"),
    {
        1: ("dst", wire.address, wire.packed),
        4: ("oif", wire.number, wire.word),
        6: ("priority", wire.number, wire.word),
        7: ("prefsrc", wire.address, wire.packed),
        8: ("metrics", _metrics_of, _packed_metrics),
        9: ("multipath", _hops_of, _packed_hops),
        TABLE: ("table", wire.number, wire.word),
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


def request(wanted: Props, index: Callable[[str], int]) -> bytes:
    """Return the message that makes or replaces a route; `index` gives that of a link."""
    family = family_of(wanted)
    dev = wanted.get("dev")
    head = {
        "type": number("type", wanted.get("type") or "unicast"),
        "scope": number("scope", wanted.get("scope") or scope(wanted)),
        "proto": number("proto", wanted.get("proto") or OURS),
        "flags": ONLINK if wanted.get("onlink") else 0,
    }
    given = {
        **_gateway(wanted.get("via"), family),
        "oif": index(dev) if dev else None,
        "prefsrc": wanted.get("src") or None,
        "metrics": _metrics(wanted) or None,
        "multipath": [_hop(hop_words(text), family, index) for text in wanted.get("nexthops") or []] or None,
    }
    return _message(wanted, head, given)


def exactly(actual: Props) -> bytes:
    """Return the message that removes a route that is there, whatever its scope."""
    kinds = {name: number(name, actual[name]) for name in ("type", "proto")}
    return _message(actual, {**kinds, "scope": number("scope", "nowhere")}, {})


def _message(props: Props, head: Mapping[str, int], given: Mapping[str, Any]) -> bytes:
    """Return a message about the route with these keys."""
    network = ipaddress.ip_network(props["dst"])
    table = number("table", props["table"])
    own = {
        "family": FAMILIES[network.version],
        "dst_len": network.prefixlen,
        "tos": props.get("tos") or 0,
        "table": table if table < 1 << 8 else 0,
    }
    dst = str(network.network_address) if network.prefixlen else None
    return MESSAGE.write(
        {**own, **head}, {"dst": dst, "table": table, "priority": props.get("metric") or None, **given}
    )


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
