"""The properties that links of all kinds have (ip-link(8))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyroute2 import IPRoute

from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links import alias
from isthmus_agent.kinds.links.data import told
from isthmus_agent.kinds.links.netlink import Others, index_of

UP, NOARP, MULTICAST = 0x1, 0x80, 0x1000
"""IFF_UP, IFF_NOARP, IFF_MULTICAST."""
ETHER = 1
"""ARPHRD_ETHER: links of other types have no MAC address."""
LEAST6 = 1280
"""The least MTU with which the kernel has IPv6 on a link (RFC 8200)."""
GENERATES = {"eui64": 0, "none": 1, "stable_secret": 2, "random": 3}
"""IN6_ADDR_GEN_MODE_..."""
FLAGS = {"up": (UP, True), "arp": (NOARP, False), "multicast": (MULTICAST, True)}
"""Flags, and whether they are set where the property is on."""
NUMBERS = {"mtu": "mtu", "txqueuelen": "txqlen", "group": "group"}


def shown(message: Any, netns: str, others: Others) -> Props:
    """Return the common properties of a link."""
    text, mark = alias.split(message.get("ifalias") or "")
    return {
        "name": message.get("ifname"),
        "netns": netns,
        "alias": text,
        "mark": mark,
        **{name: message.get(attribute) for name, attribute in NUMBERS.items()},
        **{name: bool(message["flags"] & mask) is on for name, (mask, on) in FLAGS.items()},
        "address": message.get("address") or "" if message["ifi_type"] == ETHER else "",
        "master": others.link(message.get("master"), netns),
        "addrgenmode": _generates(message),
    }


def settings(route: IPRoute, values: Props) -> dict[str, Any]:
    """Return the arguments of a link message that set common properties; names of links are resolved here."""
    numbers = {attribute: values[name] for name, attribute in NUMBERS.items() if told(values.get(name))}
    mac = {"address": values["address"]} if told(values.get("address")) else {}
    return {**numbers, **mac, **_flags(values), **_master(route, values), **_generating(values)}


def _flags(values: Props) -> dict[str, int]:
    given = {name: value for name, value in values.items() if name in FLAGS and told(value)}
    masks = [FLAGS[name][0] for name in given]
    on = [FLAGS[name][0] for name, value in given.items() if value is FLAGS[name][1]]
    return {"flags": sum(on), "change": sum(masks)} if masks else {}


def _master(route: IPRoute, values: Props) -> dict[str, int]:
    if values.get("master") is None:
        return {}
    return {"master": index_of(route, values["master"]) if values["master"] else 0}


def _generating(values: Props) -> dict[str, Any]:
    if not told(values.get("addrgenmode")) or int(values.get("mtu") or LEAST6) < LEAST6:
        return {}
    mode = ("IFLA_INET6_ADDR_GEN_MODE", GENERATES[values["addrgenmode"]])
    return {"IFLA_AF_SPEC": {"attrs": [("AF_INET6", {"attrs": [mode]})]}}


def _generates(message: Any) -> str:
    spec: Mapping[str, Any] | None = message.get_nested("IFLA_AF_SPEC", "AF_INET6")
    number = spec.get("IFLA_INET6_ADDR_GEN_MODE") if spec is not None and not isinstance(spec, str) else None
    return next((name for name, value in GENERATES.items() if value == number), "")
