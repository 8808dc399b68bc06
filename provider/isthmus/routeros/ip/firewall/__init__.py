"""`/ip/firewall`: rules for packets, and lists of addresses."""

from isthmus.routeros.ip.firewall.address_list import AddressList, AddressListEntry, AddressListEntryArgs
from isthmus.routeros.ip.firewall.filter import FilterRule, FilterRuleArgs, FilterRules
from isthmus.routeros.ip.firewall.mangle import MangleRule, MangleRuleArgs, MangleRules
from isthmus.routeros.ip.firewall.nat import NatRule, NatRuleArgs, NatRules
from isthmus.routeros.ip.firewall.raw import RawRule, RawRuleArgs, RawRules

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
