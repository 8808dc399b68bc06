"""`/ip/firewall/filter`: rules that let packets pass or not."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from isthmus.declare.fields import Fields, Property, Required, required
from isthmus.declare.values import negatable, versions
from isthmus.routeros.base import OrderedItem
from isthmus.routeros.ip.firewall.matchers import (
    Connections,
    Ending,
    Flags,
    Matchers,
    Parameters,
    States,
    matcher,
    parameter,
)
from isthmus.routeros.rules import RuleArgs, Rules

FilterAction = Literal[
    "accept",
    "drop",
    "reject",
    "tarpit",
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
    "icmp-network-unreachable",
    "icmp-host-unreachable",
    "icmp-protocol-unreachable",
    "icmp-port-unreachable",
    "icmp-net-prohibited",
    "icmp-host-prohibited",
    "icmp-admin-prohibited",
    "tcp-reset",
]
"""What a sender is told."""

NatState = Annotated[
    Literal["srcnat", "dstnat", "ein-snat", "ein-dnat"],
    versions(ein_snat="7.10", ein_dnat="7.10"),
]
NatStates = Annotated[str | Sequence[NatState], negatable(Sequence[NatState])]
"""How a connection is translated."""


class _Action(Fields):
    action: Property[FilterAction] = parameter("What is done with a packet that matches.", default="accept")
    reject_with: Property[RejectWith] = parameter("What reject tells the sender.", default="icmp-network-unreachable")
    hw_offload: Property[bool] = parameter(
        "Whether fasttrack-connection hands connections to the switch chip.", since="7", until="7.21", default="yes"
    )


class _NatState(Fields):
    connection_nat_state: Property[NatStates] = matcher("How the connection is translated.")


class FilterFields(Ending, Flags, Matchers, _NatState, States, Connections, Parameters, _Action):
    """The words of a filter rule but for its chain."""


class FilterRuleArgs(FilterFields, RuleArgs):
    """One rule of `FilterRules`."""


class FilterRule(FilterFields, OrderedItem, menu="/ip/firewall/filter", ordered=True, group="chain"):
    """A rule that lets packets pass or not. (MikroTik manual: Filter)."""

    chain: Required[str] = required(
        "Chain that the rule stands in: input, forward, output or one of your own.", cuts=True
    )


class FilterRules(Rules, of=FilterRule):
    """An ordered list of filter rules in one chain, owned as one resource."""

    rules: Required[Sequence[FilterRuleArgs | Mapping[str, Any]]] = required("The rules, in order.")
