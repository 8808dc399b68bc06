"""The rules that a tunnel needs in one router's firewalls, as plain data in the router's words.

They are written alike for IPv4 and IPv6, and stand in `/ip/firewall` and `/ipv6/firewall`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from isthmus_components.site import Address, Site
from isthmus_components.site_to_site_ipsec.selectors import Selector

Rule = dict[str, Any]

_PING = {4: "icmp", 6: "icmpv6"}
_OUTBOUND, _INBOUND = "out,ipsec", "in,ipsec"


def nat_bypass(selectors: Iterable[Selector], other: Site) -> list[Rule]:
    """Return rules for srcnat that keep the tunnel's traffic from being masqueraded before a policy sees it."""
    comment = {"comment": f"{other.title} NAT bypass"}
    return [{"action": "accept", **_from_to(pair), **comment} for pair in selectors]


def ike_and_esp(other: Site) -> list[Rule]:
    """Return rules for input that let the other router's key exchange (RFC 7296, 3948) and ESP in."""
    from_other = {"action": "accept", "src_address": str(other.public)}
    return [
        {**from_other, "protocol": "udp", "dst_port": "500,4500", "comment": f"{other.title} IKE"},
        {**from_other, "protocol": "ipsec-esp", "comment": f"{other.title} ESP"},
    ]


def keep_alive_pings(src: Address, dst: Address, other: Site) -> list[Rule]:
    """Return a rule for input that lets the other router's keep-alive packets, and nothing unencrypted, in."""
    protocol = _PING[src.version]
    ping = {"protocol": protocol, "src_address": str(src), "dst_address": str(dst), "ipsec_policy": _INBOUND}
    return [{"action": "accept", **ping, "comment": f"{other.title} keep-alive"}]


def fasttrack_bypass(selectors: Iterable[Selector], other: Site) -> list[Rule]:
    """Return rules for forward that accept the tunnel's traffic before FastTrack can lead it past the policies."""
    comment = {"comment": f"{other.title} FastTrack bypass"}
    return [{"action": "accept", **way, **comment} for pair in selectors for way in _both_ways(pair)]


def mss_clamp(selectors: Iterable[Selector], other: Site, mss: int) -> list[Rule]:
    """Return rules for mangle's forward that lower the MSS of TCP connections through the tunnel to `mss` bytes."""
    syn = {"protocol": "tcp", "tcp_flags": "syn", "tcp_mss": f"{mss + 1}-65535"}
    clamp = {"action": "change-mss", "new_mss": str(mss), **syn}
    comment = {"comment": f"{other.title} MSS"}
    return [{**clamp, **way, **comment} for pair in selectors for way in _both_ways(pair)]


def _both_ways(pair: Selector) -> tuple[Rule, Rule]:
    outbound = {**_from_to(pair), "ipsec_policy": _OUTBOUND}
    return outbound, {**_from_to(pair.mirrored), "ipsec_policy": _INBOUND}


def _from_to(pair: Selector) -> Rule:
    return {"src_address": str(pair.src), "dst_address": str(pair.dst)}
