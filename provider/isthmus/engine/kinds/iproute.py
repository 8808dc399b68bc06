"""Values of Linux routing, spelled as `ip` writes them (ip-address(8), ip-route(8), ip-rule(8))."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from isthmus.engine.kinds.addresses import Address
from isthmus.engine.kinds.kind import Kind, plain
from isthmus.engine.kinds.words import Number

_TABLES = {"253": "default", "254": "main", "255": "local"}
_LAST = 0xFFFFFFFF
_BYTE = 255


@dataclass(frozen=True, slots=True)
class Interface(Kind):
    """An address of a link with its prefix length: `192.0.2.1/24`; one alone is a host's, `192.0.2.1/32`."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        try:
            interface = ipaddress.ip_interface(text)
        except ValueError:
            raise ValueError(
                f"expected an address with its prefix length such as 192.0.2.1/24, found {text!r}"
            ) from None
        if interface.ip.is_multicast or interface.ip.is_unspecified or "%" in text:
            raise ValueError(f"expected an address that a link can have, found {text!r}")
        return str(interface)


@dataclass(frozen=True, slots=True)
class Network(Kind):
    """A destination or source: `192.0.2.0/24`; all is `0.0.0.0/0` or `::/0`."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        if text in {"default", "any", "all"}:
            raise ValueError(f"{text!r} does not say of which family: write 0.0.0.0/0 or ::/0")
        try:
            return str(ipaddress.ip_network(text))
        except ValueError:
            raise ValueError(self._expected(text)) from None

    @staticmethod
    def _expected(text: str) -> str:
        try:
            meant = f"; {text} has bits beyond its prefix: {ipaddress.ip_interface(text).network} is its network"
        except ValueError:
            meant = f", found {text!r}"
        return f"expected a prefix such as 192.0.2.0/24 or 2001:db8::/64{meant}"


@dataclass(frozen=True, slots=True)
class Table(Kind):
    """A routing table by its number, or by a name that the host has for it (`/etc/iproute2/rt_tables`)."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        if text.isdecimal() and not 0 < int(text) <= _LAST:
            raise ValueError(f"expected a table's number 1..{_LAST} or its name, found {text}")
        if not re.fullmatch(r"[A-Za-z0-9_.-]+", text):
            raise ValueError(f"expected a table's number or its name, found {text!r}")
        return _TABLES.get(text, str(int(text)) if text.isdecimal() else text)

    @override
    def python(self, wire: str) -> Any:
        return int(wire) if wire.isdecimal() else wire


@dataclass(frozen=True, slots=True)
class Named(Kind):
    """One of some words, each of which stands for a number, or another number up to 255."""

    names: Mapping[int, str] = field(hash=False)

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        if text in self.names.values():
            return text
        if text.isdecimal() and int(text) <= _BYTE:
            return self.names.get(int(text), str(int(text)))
        raise ValueError(f"expected one of {', '.join(self.names.values())} or a number up to {_BYTE}, found {text!r}")

    @override
    def python(self, wire: str) -> Any:
        return int(wire) if wire.isdecimal() else wire

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(self.names.values())}, {"type": "integer", "minimum": 0, "maximum": _BYTE}]}


ROUTE_PROTOCOLS = Named(
    {
        1: "redirect",
        2: "kernel",
        3: "boot",
        4: "static",
        9: "ra",
        10: "mrt",
        11: "zebra",
        12: "bird",
        16: "dhcp",
        18: "keepalived",
        42: "babel",
        186: "bgp",
        187: "isis",
        188: "ospf",
        189: "rip",
        192: "eigrp",
    }
)
"""Who put a route or a rule there (rt_protos)."""
SCOPES = Named({0: "global", 200: "site", 253: "link", 254: "host", 255: "nowhere"})
"""How far a destination is (rt_scopes)."""
IP_PROTOCOLS = Named({1: "icmp", 6: "tcp", 17: "udp", 33: "dccp", 58: "ipv6-icmp", 132: "sctp"})
"""Protocols that a rule may tell apart."""


@dataclass(frozen=True, slots=True)
class Lifetime(Kind):
    """Seconds, or `forever`."""

    @override
    def canonical(self, value: Any) -> str:
        return _SECONDS.canonical(value)

    @override
    def python(self, wire: str) -> Any:
        return _SECONDS.python(wire)


_SECONDS = Number(0, _LAST - 1, ("forever",))


@dataclass(frozen=True, slots=True)
class Span(Kind):
    """A number or a range of numbers, `low-high`, as text."""

    first: int
    last: int

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
        low, high = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if not self.first <= low <= high <= self.last:
            span = f"within {self.first}..{self.last}"
            raise ValueError(f"expected a number or a range such as 80-90 {span}, found {text!r}")
        return str(low) if low == high else f"{low}-{high}"


@dataclass(frozen=True, slots=True)
class NextHop(Kind):
    """One way of a route with several: `via 192.0.2.1 dev eth0 weight 2 onlink`, or the same as a mapping."""

    @override
    def canonical(self, value: Any) -> str:
        words = value if isinstance(value, Mapping) else _hop_words(plain(value))
        if strange := [name for name in words if name not in {"via", "dev", "weight", "onlink"}]:
            raise ValueError(f"a next hop has via, dev, weight and onlink, found {strange[0]!r}")
        via, dev = words.get("via"), words.get("dev")
        if not via and not dev:
            raise ValueError("a next hop needs via (a gateway's address), dev (a link), or both")
        parts = [
            f"via {Address().canonical(via)}" if via else "",
            f"dev {plain(dev)}" if dev else "",
            self._weight(words.get("weight")),
            "onlink" if words.get("onlink") not in (None, False) else "",
        ]
        return " ".join(part for part in parts if part)

    @staticmethod
    def _weight(weight: Any) -> str:
        text = Number(1, 256).canonical(1 if weight is None else weight)
        return "" if text == "1" else f"weight {text}"


def _hop_words(text: str) -> dict[str, str]:
    words = text.replace("via inet6 ", "via ").replace("via inet ", "via ").split()
    pairs = [word for word in words if word not in {"nexthop", "onlink"}]
    if len(pairs) % 2:
        raise ValueError(f"expected a next hop such as 'via 192.0.2.1 dev eth0 weight 2', found {text!r}")
    onlink = {"onlink": "yes"} if "onlink" in words else {}
    return {**dict(zip(pairs[::2], pairs[1::2], strict=True)), **onlink}


def family(text: str) -> str:
    """Return the family of a canonical address or prefix, as `ip` names it."""
    return "inet6" if ":" in text else "inet"
