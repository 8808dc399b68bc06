"""The firewall part of one end for IPv6: lists of rules where addresses or networks are IPv6."""

from __future__ import annotations

from dataclasses import dataclass

from isthmus import routeros
from isthmus.routeros.ipv6 import firewall
from isthmus_components.mtu import Family, tcp_mss
from isthmus_components.site_to_site_ipsec import rules
from isthmus_components.site_to_site_ipsec.rule_lists import inbound
from isthmus_components.site_to_site_ipsec.rules import Rule
from isthmus_components.site_to_site_ipsec.side import Side

IPV6: Family = 6


@dataclass(frozen=True, kw_only=True)
class Ipv6:
    """The lists in `/ipv6/firewall`, each None where it would be empty."""

    input: firewall.FilterRules | None
    fasttrack_bypass: firewall.FilterRules | None
    mss_clamp: firewall.MangleRules | None


def build(side: Side) -> Ipv6:
    """Declare what IPv6 needs of what `rule_lists` declares for IPv4; addresses are not translated."""
    pairs = side.pairs(IPV6)
    bypass = rules.fasttrack_bypass(pairs, side.other) if side.agreed.fasttrack_bypass else []
    return Ipv6(
        input=_filter(side, "input", "input6", inbound(side, IPV6)),
        fasttrack_bypass=_filter(side, "forward", "fasttrack-bypass6", bypass),
        mss_clamp=_clamp(side, rules.mss_clamp(pairs, side.other, tcp_mss(side.agreed.mtu, IPV6))),
    )


def _filter(side: Side, chain: str, part: str, listed: list[Rule]) -> firewall.FilterRules | None:
    if not listed:
        return None
    name, device = side.called(part), side.own.device
    return firewall.FilterRules(name, device=device, chain=chain, rules=listed, place=routeros.top(), opts=side.opts)


def _clamp(side: Side, listed: list[Rule]) -> firewall.MangleRules | None:
    if not listed:
        return None
    name, device = side.called("mss-clamp6"), side.own.device
    return firewall.MangleRules(
        name, device=device, chain="forward", rules=listed, place=routeros.top(), opts=side.opts
    )
