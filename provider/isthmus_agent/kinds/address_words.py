"""An address as the kernel's message has it, and in our words (rtnetlink(7), linux/if_addr.h)."""

from __future__ import annotations

import ipaddress
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

from isthmus_agent import wire_words as wire
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.route_names import named, number

FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}
FLAGS = {"home": 0x10, "nodad": 0x02, "mngtmpaddr": 0x100, "noprefixroute": 0x200, "autojoin": 0x400}
"""IFA_F_*, by what `ip address` calls them."""
TENTATIVE, DADFAILED, DEPRECATED = 0x40, 0x08, 0x20
METRIC6 = 256
"""IP6_RT_PRIO_ADDRCONF, the metric of an IPv6 address without one; it must be said to go back to it."""
FOREVER = 0xFFFFFFFF
"""INFINITY_LIFE_TIME."""
BY_ROUTER = 2
"""IFAPROT_KERNEL_RA: made from a router's advertisement."""
HUNDREDTHS = 100
"""The kernel's time stamps count these."""
GETADDR = 22
"""RTM_GETADDR."""


def _cacheinfo(value: bytes) -> dict[str, int]:
    return dict(zip(("ifa_preferred", "ifa_valid", "cstamp", "tstamp"), struct.unpack("=4I", value)))


def _lifetimes_of(given: tuple[int, int]) -> bytes:
    valid, preferred = given
    return struct.pack("=4I", preferred, valid, 0, 0)


MESSAGE = wire.Shape(
    struct.Struct("=BBBBI"),
    ("family", "prefixlen", "flags", "scope", "index"),
    {
        1: ("address", wire.address, wire.packed),
        2: ("local", wire.address, wire.packed),
        3: ("label", wire.text, wire.ended),
        4: ("broadcast", wire.address, wire.packed),
        6: ("cacheinfo", _cacheinfo, _lifetimes_of),
        8: ("flags", wire.number, wire.word),
        9: ("rt_priority", wire.number, wire.word),
        11: ("proto", wire.number, None),
    },
)
"""struct ifaddrmsg, and IFA_..."""


def dumped(host: Host, netns: str, family: int = 0) -> list[dict[str, Any]]:
    """Return the kernel's messages about all addresses, or those of a family."""
    found = host.wire(netns).dump(GETADDR, MESSAGE.head.pack(family, 0, 0, 0, 0))
    return [MESSAGE.read(message) for message in found]


def shown(message: Any, names: Mapping[int, str], netns: str) -> Props:
    """Return a message in our words; '' stands for what the address does not have."""
    local = message.get("local") or message.get("address")
    peer = message.get("address")
    flags = message.get("flags") or 0
    dev = names.get(message["index"], "")
    valid, preferred = _lifetimes(message.get("cacheinfo"))
    metric = message.get("rt_priority")
    return {
        "address": f"{local}/{message['prefixlen']}",
        "dev": dev,
        "peer": peer if peer != local else "",
        "netns": netns,
        "broadcast": message.get("broadcast") or "",
        "scope": named("scope", message["scope"]),
        "label": message.get("label") or "",
        "metric": "" if metric in (None, 0, METRIC6) else metric,
        "valid_lft": valid,
        "preferred_lft": 0 if flags & DEPRECATED else preferred,
        **{name: bool(flags & bit) for name, bit in FLAGS.items()},
    }


def request(wanted: Props, index: int, *, new: bool) -> bytes:
    """Return the message that makes or replaces an address on a link."""
    interface = ipaddress.ip_interface(wanted["address"])
    four = interface.version == 4  # noqa: PLR2004 - of IP
    valid = _seconds(wanted.get("valid_lft"))
    scope = number("scope", wanted.get("scope") or _scope(interface))
    given = {
        **_ends(interface, wanted),
        "flags": sum(bit for name, bit in FLAGS.items() if wanted.get(name)),
        "rt_priority": wanted.get("metric") or (None if new else 0 if four else METRIC6),
        "cacheinfo": (valid, min(valid, _seconds(wanted.get("preferred_lft")))),
        **({name: wanted.get(name) or None for name in ("broadcast", "label")} if four else {}),
    }
    return MESSAGE.write({**_head(interface, index), "scope": scope}, given)


def key(actual: Props, index: int) -> bytes:
    """Return the message that tells the kernel which address is meant."""
    interface = ipaddress.ip_interface(actual["address"])
    return MESSAGE.write(_head(interface, index), _ends(interface, actual))


def _head(interface: Any, index: int) -> dict[str, int]:
    return {"family": FAMILIES[interface.version], "prefixlen": interface.network.prefixlen, "index": index}


def _ends(interface: Any, props: Props) -> dict[str, Any]:
    return {"local": str(interface.ip), "address": props.get("peer") or str(interface.ip)}


def _scope(interface: Any) -> str:
    return "host" if interface.is_loopback else "global"


def _seconds(value: Any) -> int:
    return FOREVER if value in (None, "", "forever") else int(value)


def _lifetimes(info: Any) -> tuple[Any, Any]:
    """Return the lifetimes that were given; the kernel tells what is left of them and when they were given."""
    if info is None:
        return "forever", "forever"
    since = time.clock_gettime(time.CLOCK_MONOTONIC) - info["tstamp"] / HUNDREDTHS
    return _lifetime(info["ifa_valid"], since), _lifetime(info["ifa_preferred"], since)


def _lifetime(left: int, since: float) -> Any:
    if left == FOREVER:
        return "forever"
    return left + int(since) if left else 0


def uncertain(message: Any) -> bool:
    """Tell whether a limited lifetime was read so near a full second that it may be told wrong by one."""
    info = message.get("cacheinfo")
    if info is None or info["ifa_valid"] == FOREVER or message.get("proto") == BY_ROUTER:
        return False
    part = (time.clock_gettime(time.CLOCK_MONOTONIC) - info["tstamp"] / HUNDREDTHS) % 1
    return not 0.1 < part < 0.9  # noqa: PLR2004 - a margin for the clock's steps
