"""What stands in a stanza of ifupdown, and whether it can be said of a bridge instead of a card."""

from __future__ import annotations

import re

from isthmus_agent.errors import Refused
from isthmus_agent.kinds.takeover.managers.dhcp import word_of
from isthmus_agent.kinds.takeover.managers.interfaces import Line
from isthmus_agent.kinds.takeover.managers.manager import Move

COMMANDS = ("up", "pre-up", "post-up", "down", "pre-down", "post-down")
ABOUT_ADDRESSES = ("ip", "route", "iptables", "ip6tables", "sysctl")
"""Programs that speak of a link's addresses, routes and packets: what they say of the port is true of the bridge."""
PLAIN = {
    *("address", "netmask", "gateway", "broadcast", "network", "metric", "pointopoint", "scope", "mtu", "hwaddress"),
    *("hostname", "leasehours", "leasetime", "vendor", "client", "client-id", "description", "label"),
    *("accept_ra", "autoconf", "privext", "preferred-lifetime", "request_prefix", "ll-attempts", "ll-interval"),
    *("dad-attempts", "dad-interval"),
}
"""Options of interfaces(5) that mean the same for a bridge."""


def option(line: Line, move: Move) -> str:
    """Return an option as the bridge's; Refused for one that is the card's alone."""
    name, *rest = line.words
    if name in PLAIN or name.startswith("dns-"):
        return line.text
    if name not in COMMANDS:
        raise refused(line, f"{name} is no option of a bridge", f"move it to a stanza `iface {move.port} inet manual`")
    if not _speaks_of(line.text, move.port):
        return line.text
    if rest[:1] and rest[0].rpartition("/")[2] in ABOUT_ADDRESSES:
        return word_of(move.port).sub(move.bridge, line.text)
    remedy = f"move it to a stanza `iface {move.port} inet manual`, or remove it until the bridge is there"
    raise refused(
        line, f"runs {rest[0] if rest else 'a command'} on {move.port}, which may mean the card itself", remedy
    )


def _speaks_of(text: str, dev: str) -> bool:
    return bool(word_of(dev).search(text)) or bool(re.search(r"\$\{?(IFACE|LOGICAL)\b", text))


def refused(line: Line, what: str, remedy: str) -> Refused:
    """Return the refusal, with the file and the line."""
    return Refused(f"{line.place}: `{' '.join(line.words)}`: {what}: {remedy}; nothing was changed", "port")
