"""The firewall part of one end for IPv4: a list of rules on top of each chain that the tunnel passes."""

from __future__ import annotations

from isthmus import routeros
from isthmus.routeros.ip import firewall
from isthmus_components.mtu import Family, tcp_mss
from isthmus_components.site_to_site_ipsec import rules
from isthmus_components.site_to_site_ipsec.rules import Rule
from isthmus_components.site_to_site_ipsec.side import Side

IPV4: Family = 4


def nat_bypass(side: Side) -> firewall.NatRules:
    """Keep the tunnel's traffic from being masqueraded."""
    return firewall.NatRules(
        side.called("nat-bypass"),
        device=side.own.device,
        chain="srcnat",
        rules=rules.nat_bypass(side.pairs(IPV4), side.other),
        place=routeros.top(),
        opts=side.opts,
    )


def inbound(side: Side, version: Family) -> list[Rule]:
    """Return what of IP's one version the other router sends to this one: its keys and ESP outside, pings inside."""
    outside = rules.ike_and_esp(side.other) if side.other.public.version == version else []
    pinged = side.agreed.keep_alive and side.lan.version == version
    return [*outside, *(rules.keep_alive_pings(side.other_lan, side.lan, side.other) if pinged else [])]


def input_accept(side: Side) -> firewall.FilterRules:
    """Let the other router's key exchange, its ESP and its keep-alive packets in."""
    return firewall.FilterRules(
        side.called("input"),
        device=side.own.device,
        chain="input",
        rules=inbound(side, IPV4),
        place=routeros.top(),
        opts=side.opts,
    )


def fasttrack_bypass(side: Side) -> firewall.FilterRules:
    """Keep the tunnel's traffic from FastTrack, which would lead it past the policies."""
    return firewall.FilterRules(
        side.called("fasttrack-bypass"),
        device=side.own.device,
        chain="forward",
        rules=rules.fasttrack_bypass(side.pairs(IPV4), side.other),
        place=routeros.top(),
        opts=side.opts,
    )


def mss_clamp(side: Side) -> firewall.MangleRules:
    """Lower the segments of TCP connections to what fits into the tunnel."""
    return firewall.MangleRules(
        side.called("mss-clamp"),
        device=side.own.device,
        chain="forward",
        rules=rules.mss_clamp(side.pairs(IPV4), side.other, tcp_mss(side.agreed.mtu, IPV4)),
        place=routeros.top(),
        opts=side.opts,
    )
