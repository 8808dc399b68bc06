"""What the kernel tells of a link, read as far as our words need it (rtnetlink(7), linux/if_link.h).

pyroute2's tables say what the attributes of a kind of link are; its objects for each of two hundred values, most of
them counters, would take most of the time that a hundred links take. Messages look like pyroute2's to whoever asks.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

from pyroute2.netlink.rtnl.ifinfmsg import ifinfmsg

from isthmus_agent import wire_words as wire
from isthmus_agent.host import Host

GETLINK = 18
"""RTM_GETLINK."""
_NO_COUNTERS = struct.pack("=HHI", 8, 29, 1 << 3)
"""IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS."""
_DATA = {"IFLA_INFO_DATA": ("kind", 2), "IFLA_INFO_SLAVE_DATA": ("slave_kind", 5)}
_SLAVES = {"bridge": "bridge_slave_data"}
_GENERATING = {10: 8}
"""In IFLA_AF_SPEC: AF_INET6, and there IFLA_INET6_ADDR_GEN_MODE."""


def _mac(value: bytes) -> str:
    return ":".join(f"{byte:02x}" for byte in value)


def _info(value: bytes) -> dict[Any, Any]:
    """Return kinds as texts, data as bytes by attribute."""
    parts: dict[Any, Any] = dict(wire.attributes(value))
    named = {1: "kind", 4: "slave_kind"}
    return {**parts, **{name: wire.text(parts[kind]) for kind, name in named.items() if kind in parts}}


_SIMPLE: dict[str, Callable[[bytes], Any]] = {
    **dict.fromkeys(("uint8", "uint16", "uint32", "uint64"), wire.number),
    **dict.fromkeys(("be16", "be32", "be64"), partial(int.from_bytes, byteorder="big")),
    **dict.fromkeys(("ip4addr", "ip6addr"), wire.address),
    "l2addr": _mac,
    "flag": lambda _: True,
}
_HEAD = wire.Shape(
    struct.Struct("=BBHiII"),
    ("family", "pad", "ifi_type", "index", "flags", "change"),
    {
        1: ("address", _mac, None),
        3: ("ifname", wire.text, None),
        4: ("mtu", wire.number, None),
        5: ("link", wire.number, None),
        10: ("master", wire.number, None),
        13: ("txqlen", wire.number, None),
        18: ("linkinfo", _info, None),
        20: ("ifalias", wire.text, None),
        26: ("af_spec", bytes, None),
        27: ("group", wire.number, None),
        37: ("link_netnsid", wire.number, None),
    },
)
"""struct ifinfomsg, and IFLA_...."""


class Told(dict[str, Any]):
    """A link's message; kinds' own attributes are read when they are asked for."""

    def get_nested(self, outer: str, inner: str) -> Any:
        """Return the attributes in one of a link's, as pyroute2 does."""
        if outer == "IFLA_AF_SPEC":
            return {"IFLA_INET6_ADDR_GEN_MODE": _generating(self.get("af_spec") or b"")}
        named, attribute = _DATA[inner]
        info = self.get("linkinfo") or {}
        data = info.get(attribute)
        return None if data is None else {"attrs": _attributes(info.get(named, ""), data, slave=attribute != 2)}  # noqa: PLR2004


def links(host: Host, netns: str) -> list[Told]:
    """Return what the kernel tells of all links, but for counters and the like."""
    body = _HEAD.head.pack(0, 0, 0, 0, 0, 0) + _NO_COUNTERS
    return [Told(_HEAD.read(message)) for message in host.wire(netns).dump(GETLINK, body)]


def _generating(spec: bytes) -> int | None:
    inner = next((value for family, value in wire.attributes(spec) if family in _GENERATING), b"")
    return next((wire.number(value) for kind, value in wire.attributes(inner) if kind == _GENERATING[10]), None)


def _attributes(kind: str, data: bytes, *, slave: bool) -> list[tuple[str, Any]]:
    table = _table(kind, slave=slave)
    known = ((table[number], value) for number, value in wire.attributes(data) if number in table)
    return [(name, reads(value)) for (name, reads), value in known]


@lru_cache
def _table(kind: str, *, slave: bool) -> Mapping[int, tuple[str, Callable[[bytes], Any]]]:
    """Return the names of a kind's attributes, and what reads them; what pyroute2 cannot name is left out."""
    info = ifinfmsg.ifinfo
    shape = getattr(info, _SLAVES.get(kind, ""), None) if slave else info.data_map.get(kind)
    if shape is None:
        return {}
    readers = ((number, name, _reader(shape, sort)) for number, (name, sort, *_) in enumerate(shape.nla_map))
    return {number: (name, reads) for number, name, reads in readers if reads is not None}


def _reader(shape: Any, sort: str) -> Callable[[bytes], Any] | None:
    found = getattr(shape, sort, None)
    if sort in _SIMPLE:
        return _SIMPLE[sort]
    return partial(_by_pyroute2, found) if isinstance(found, type) and sort != "none" else None


def _by_pyroute2(sort: Any, value: bytes) -> Any:
    attribute = sort(data=wire.ATTRIBUTE.pack(wire.ATTRIBUTE.size + len(value), 0) + value)
    attribute.decode()
    return attribute.getvalue()
