"""A routing rule as the kernel's message has it, and in our words (linux/fib_rules.h)."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.route_names import OURS, named, number

FAMILIES = {"inet": socket.AF_INET, "inet6": socket.AF_INET6}
ACTIONS = {"lookup": 1, "goto": 2, "nop": 3, "blackhole": 6, "unreachable": 7, "prohibit": 8}
"""FR_ACT_*, by what `ip rule` calls them."""
NONE = 0xFFFFFFFF
"""What the kernel tells for a suppressor that is not there, and for a mask of all bits."""
INVERT = 2
"""FIB_RULE_INVERT."""
PROTOCOLS = {"icmp": 1, "tcp": 6, "udp": 17, "dccp": 33, "ipv6-icmp": 58, "sctp": 132}
"""IP protocols that a rule may name."""
_NAMES = {value: name for name, value in ACTIONS.items()}
_PROTOCOL_NAMES = {value: name for name, value in PROTOCOLS.items()}


def shown(message: Any, family: str, netns: str) -> Props:
    """Return a message in our words; '' stands for what the rule does not have."""
    get = message.get
    action = _NAMES.get(message["action"], message["action"])
    looks_up = action == "lookup" and not get("l3mdev")
    mask = get("fwmask")
    return {
        "family": family,
        "priority": get("priority") or 0,
        "netns": netns,
        "not": bool(message["flags"] & INVERT),
        "from": _prefix(get("src"), message["src_len"]),
        "to": _prefix(get("dst"), message["dst_len"]),
        "tos": message["tos"] or "",
        "fwmark": "" if mask is None else get("fwmark") or 0,
        "fwmask": "" if mask is None else mask,
        "iif": get("iifname") or "",
        "oif": get("oifname") or "",
        "l3mdev": bool(get("l3mdev")),
        "uidrange": _span(get("uid_range")),
        "ipproto": _PROTOCOL_NAMES.get(get("ip_proto"), get("ip_proto")) or "",
        "sport": _span(get("sport_range")),
        "dport": _span(get("dport_range")),
        "action": action,
        "table": named("table", get("table") or message["table"]) if looks_up else "",
        "goto": get("goto") or "",
        "suppress_prefixlength": _suppressor(get("suppress_prefixlen")),
        "suppress_ifgroup": _suppressor(get("suppress_ifgroup")),
        "proto": named("proto", get("protocol") or 0),
    }


def request(rule: Props) -> dict[str, Any]:
    """Return the arguments with which pyroute2 makes or removes a rule."""
    optional = {
        "table": number("table", rule["table"]) if rule.get("table") else None,
        "fwmark": rule.get("fwmark"),
        "fwmask": rule.get("fwmask"),
        "iifname": rule.get("iif"),
        "oifname": rule.get("oif"),
        "l3mdev": 1 if rule.get("l3mdev") else None,
        "uid_range": _range(rule.get("uidrange")),
        "ip_proto": protocol(rule.get("ipproto")),
        "sport_range": _range(rule.get("sport")),
        "dport_range": _range(rule.get("dport")),
        "goto": rule.get("goto"),
        "suppress_prefixlen": rule.get("suppress_prefixlength"),
        "suppress_ifgroup": rule.get("suppress_ifgroup"),
    }
    return {
        "family": FAMILIES[rule["family"]],
        "priority": rule["priority"],
        "action": ACTIONS[rule["action"]],
        "flags": INVERT if rule.get("not") else 0,
        "tos": rule.get("tos") or 0,
        "protocol": number("proto", rule.get("proto") or OURS),
        **_ends("src", rule.get("from")),
        **_ends("dst", rule.get("to")),
        **{name: value for name, value in optional.items() if value not in (None, "")},
    }


def protocol(name: Any) -> Any:
    """Return the number of an IP protocol, '' for none."""
    return "" if name in (None, "") else PROTOCOLS.get(name, name)


def _prefix(address: Any, length: int) -> str:
    return f"{address}/{length}" if address else ""


def _ends(name: str, prefix: Any) -> dict[str, Any]:
    if not prefix:
        return {}
    network = ipaddress.ip_network(prefix)
    return {name: str(network.network_address), f"{name}_len": network.prefixlen}


def _span(text: Any) -> str:
    first, _, last = (text or "").partition(":")
    return first if first == last else f"{first}-{last}"


def _range(text: Any) -> str:
    if text in (None, ""):
        return ""
    first, _, last = str(text).partition("-")
    return f"{first}:{last or first}"


def _suppressor(value: Any) -> Any:
    return "" if value in (None, NONE) else value
