"""`/ip/firewall/mangle`: rules that mark and change packets."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from isthmus.declare.fields import Fields, Property, Required, required
from isthmus.declare.values import Address4, negatable, number
from isthmus.engine import kinds
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

MangleAction = Literal[
    "accept",
    "mark-connection",
    "mark-packet",
    "mark-routing",
    "change-mss",
    "change-dscp",
    "change-ttl",
    "set-priority",
    "clear-df",
    "strip-ipv4-options",
    "route",
    "fasttrack-connection",
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

NatState = Literal["srcnat", "dstnat"]
NatStates = Annotated[str | Sequence[NatState], negatable(Sequence[NatState])]
"""How a connection is translated."""

NewDscp = Annotated[int | str, number(0, 63, "from-priority", "from-priority-to-high-3-bits")]
"""A DSCP, or where it is taken from."""

NewMss = Annotated[int | str, number(40, 65534, "clamp-to-pmtu")]
"""A segment size in bytes, or what the path carries."""

NewPriority = Annotated[int | str, number(0, 63, "from-dscp", "from-dscp-high-3-bits", "from-ingress")]
"""A priority, or where it is taken from."""

NewTtl = Annotated[str, kinds.Form(r"(set|increment|decrement):\d+", "decrement:1")]
"""How the time to live is changed."""


class _Action(Fields):
    action: Property[MangleAction] = parameter("What is done with a packet that matches.", default="accept")
    new_connection_mark: Property[str] = parameter("Mark that mark-connection sets.", default="")
    new_dscp: Property[NewDscp] = parameter("DSCP that change-dscp sets.")
    new_mss: Property[NewMss] = parameter("Segment size that change-mss sets, in bytes.")
    new_packet_mark: Property[str] = parameter("Mark that mark-packet sets.", default="")
    new_priority: Property[NewPriority] = parameter("Priority that set-priority sets.")
    new_routing_mark: Property[str] = parameter(
        "Mark that mark-routing sets; from 7 the name of a routing table.", default="", refers=True
    )
    new_ttl: Property[NewTtl] = parameter("How change-ttl changes the time to live.")
    passthrough: Property[bool] = parameter("Whether the packet goes on to the next rule.", default="yes")
    route_dst: Property[Address4] = parameter("Address of the gateway that route sends packets to.")
    sniff_id: Property[Annotated[int, number(0, 65535)]] = parameter("Number that sniffed packets carry.")
    sniff_target: Property[Address4] = parameter("Address that sniffed packets are sent to.")
    sniff_target_port: Property[Annotated[int, number(0, 65535)]] = parameter(
        "UDP port that sniffed packets are sent to."
    )


class _NatState(Fields):
    connection_nat_state: Property[NatStates] = matcher("How the connection is translated.")


class MangleFields(Ending, Flags, Matchers, _NatState, States, Connections, Parameters, _Action):
    """The words of a mangle rule but for its chain."""


class MangleRuleArgs(MangleFields, RuleArgs):
    """One rule of `MangleRules`."""


class MangleRule(MangleFields, OrderedItem, menu="/ip/firewall/mangle", ordered=True, group="chain"):
    """A rule that marks or changes packets. (MikroTik manual: Mangle)."""

    chain: Required[str] = required(
        "Chain that the rule stands in: prerouting, input, forward, output, postrouting or one of your own.", cuts=True
    )


class MangleRules(Rules, of=MangleRule):
    """An ordered list of mangle rules in one chain, owned as one resource."""

    rules: Required[Sequence[MangleRuleArgs | Mapping[str, Any]]] = required("The rules, in order.")
