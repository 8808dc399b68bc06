"""`/ipv6/firewall`: rules for IPv6 packets, and lists of addresses."""

from isthmus.routeros.ipv6.firewall.address_list import AddressList, AddressListEntry, AddressListEntryArgs
from isthmus.routeros.ipv6.firewall.filter import FilterRule, FilterRuleArgs, FilterRules
from isthmus.routeros.ipv6.firewall.mangle import MangleRule, MangleRuleArgs, MangleRules
from isthmus.routeros.ipv6.firewall.nat import NatRule, NatRuleArgs, NatRules
from isthmus.routeros.ipv6.firewall.raw import RawRule, RawRuleArgs, RawRules

__all__ = [
    "AddressList",
    "AddressListEntry",
    "AddressListEntryArgs",
    "FilterRule",
    "FilterRuleArgs",
    "FilterRules",
    "MangleRule",
    "MangleRuleArgs",
    "MangleRules",
    "NatRule",
    "NatRuleArgs",
    "NatRules",
    "RawRule",
    "RawRuleArgs",
    "RawRules",
]
