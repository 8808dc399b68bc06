"""`/ip/firewall`: rules for packets, and lists of addresses."""

from isthmus.routeros.ip.firewall.nat import NatRule, NatRuleArgs, NatRules

__all__ = ["NatRule", "NatRuleArgs", "NatRules"]
