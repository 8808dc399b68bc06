"""`/ipv6/firewall/filter`: rules that let IPv6 packets pass or not."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from isthmus.declare.fields import Fields, Property, Required, required
from isthmus.routeros.base import OrderedItem
from isthmus.routeros.ip.firewall.mangle import NatStates
from isthmus.routeros.ip.firewall.matchers import (
    CommonConnections,
    CommonStates,
    Ending,
    Flags,
    Parameters,
    matcher,
    parameter,
)
from isthmus.routeros.ipv6.firewall.matchers import Matchers
from isthmus.routeros.rules import RuleArgs, Rules

FilterAction = Literal[
    "accept",
    "drop",
    "reject",
    "fasttrack-connection",
    "jump",
    "return",
    "log",
    "passthrough",
    "add-src-to-address-list",
    "add-dst-to-address-list",
]
"""What a filter rule does."""

RejectWith = Literal[
    "icmp-no-route",
    "icmp-admin-prohibited",
    "icmp-not-neighbour",
    "icmp-address-unreachable",
    "icmp-port-unreachable",
    "icmp-err-src-routing-header",
    "icmp-headers-too-long",
    "tcp-reset",
]
"""What a sender is told."""


class _Action(Fields):
    action: Property[FilterAction] = parameter("What is done with a packet that matches.", default="accept")
    reject_with: Property[RejectWith] = parameter("What reject tells the sender.", default="icmp-no-route")


class _NatState(Fields):
    connection_nat_state: Property[NatStates] = matcher("How the connection is translated.")


class FilterFields(Ending, Flags, Matchers, _NatState, CommonStates, CommonConnections, Parameters, _Action):
    """The words of a filter rule but for its chain."""


class FilterRuleArgs(FilterFields, RuleArgs):
    """One rule of `FilterRules`."""


class FilterRule(FilterFields, OrderedItem, menu="/ipv6/firewall/filter", ordered=True, group="chain"):
    """A rule that lets packets pass or not. (MikroTik manual: Filter)."""

    chain: Required[str] = required(
        "Chain that the rule stands in: input, forward, output or one of your own.", cuts=True
    )


class FilterRules(Rules, of=FilterRule):
    """An ordered list of filter rules in one chain, owned as one resource."""

    rules: Required[Sequence[FilterRuleArgs | Mapping[str, Any]]] = required("The rules, in order.")
