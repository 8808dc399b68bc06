"""`/ipv6/firewall/mangle`: rules that mark and change IPv6 packets."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from isthmus.declare.fields import Fields, Property, Required, required
from isthmus.declare.values import Address4, number
from isthmus.engine import kinds
from isthmus.routeros.base import OrderedItem
from isthmus.routeros.ip.firewall.mangle import NatStates, NewMss, NewPriority
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

MangleAction = Literal[
    "accept",
    "mark-connection",
    "mark-packet",
    "mark-routing",
    "change-mss",
    "change-dscp",
    "change-hop-limit",
    "set-priority",
    "snpt",
    "dnpt",
    "sniff-tzsp",
    "sniff-pc",
    "jump",
    "return",
    "log",
    "passthrough",
    "add-src-to-address-list",
    "add-dst-to-address-list",
]
"""What a mangle rule does."""

NewHopLimit = Annotated[str, kinds.Form(r"(set|increment|decrement):\d+", "decrement:1")]
"""How the hop limit is changed."""

NewPrefix = Annotated[str, kinds.Prefix(6, single="full")]
"""A prefix that takes the place of another."""


class _Action(Fields):
    action: Property[MangleAction] = parameter("What is done with a packet that matches.", default="accept")
    dst_prefix: Property[NewPrefix] = parameter("Prefix that dnpt writes into the destination address.")
    new_connection_mark: Property[str] = parameter("Mark that mark-connection sets.", default="")
    new_dscp: Property[Annotated[int, number(0, 63)]] = parameter("DSCP that change-dscp sets.")
    new_hop_limit: Property[NewHopLimit] = parameter("How change-hop-limit changes the hop limit.")
    new_mss: Property[NewMss] = parameter("Segment size that change-mss sets, in bytes.")
    new_packet_mark: Property[str] = parameter("Mark that mark-packet sets.", default="")
    new_priority: Property[NewPriority] = parameter("Priority that set-priority sets.")
    new_routing_mark: Property[str] = parameter(
        "Mark that mark-routing sets; from 7 the name of a routing table.", default="", refers=True
    )
    passthrough: Property[bool] = parameter("Whether the packet goes on to the next rule.", default="yes")
    sniff_id: Property[Annotated[int, number(0, 65535)]] = parameter("Number that sniffed packets carry.")
    sniff_target: Property[Address4] = parameter("Address that sniffed packets are sent to.")
    sniff_target_port: Property[Annotated[int, number(0, 65535)]] = parameter(
        "UDP port that sniffed packets are sent to."
    )
    src_prefix: Property[NewPrefix] = parameter("Prefix that snpt writes into the source address.")


class _NatState(Fields):
    connection_nat_state: Property[NatStates] = matcher("How the connection is translated.")


class MangleFields(Ending, Flags, Matchers, _NatState, CommonStates, CommonConnections, Parameters, _Action):
    """The words of a mangle rule but for its chain."""


class MangleRuleArgs(MangleFields, RuleArgs):
    """One rule of `MangleRules`."""


class MangleRule(MangleFields, OrderedItem, menu="/ipv6/firewall/mangle", ordered=True, group="chain"):
    """A rule that marks or changes packets. (MikroTik manual: Mangle)."""

    chain: Required[str] = required(
        "Chain that the rule stands in: prerouting, input, forward, output, postrouting or one of your own.", cuts=True
    )


class MangleRules(Rules, of=MangleRule):
    """An ordered list of mangle rules in one chain, owned as one resource."""

    rules: Required[Sequence[MangleRuleArgs | Mapping[str, Any]]] = required("The rules, in order.")
