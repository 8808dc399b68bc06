"""`/ipv6/firewall/raw`: rules for IPv6 before connection tracking."""

from collections.abc import Mapping, Sequence
from typing import Any

from isthmus.declare.fields import Fields, Property, Required, required
from isthmus.routeros.base import OrderedItem
from isthmus.routeros.ip.firewall.matchers import Ending, Flags, Parameters, parameter
from isthmus.routeros.ip.firewall.raw import RawAction
from isthmus.routeros.ipv6.firewall.matchers import Matchers
from isthmus.routeros.rules import RuleArgs, Rules


class _Action(Fields):
    action: Property[RawAction] = parameter("What is done with a packet that matches.", default="accept")


class RawFields(Ending, Flags, Matchers, Parameters, _Action):
    """The words of a raw rule but for its chain."""


class RawRuleArgs(RawFields, RuleArgs):
    """One rule of `RawRules`."""


class RawRule(RawFields, OrderedItem, menu="/ipv6/firewall/raw", ordered=True, group="chain"):
    """A rule before connection tracking. (MikroTik manual: RAW)."""

    chain: Required[str] = required("Chain that the rule stands in: prerouting, output or one of your own.", cuts=True)


class RawRules(Rules, of=RawRule):
    """An ordered list of raw rules in one chain, owned as one resource."""

    rules: Required[Sequence[RawRuleArgs | Mapping[str, Any]]] = required("The rules, in order.")
