"""`/ip/firewall/nat`: rules that translate addresses."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from isthmus.declare.fields import Fields, Property, Required, required
from isthmus.declare.values import number, versions
from isthmus.engine import kinds
from isthmus.routeros.base import OrderedItem
from isthmus.routeros.ip.firewall import values
from isthmus.routeros.ip.firewall.matchers import Connections, Ending, Matchers, Parameters, matcher, parameter
from isthmus.routeros.rules import RuleArgs, Rules

NatAction = Annotated[
    Literal[
        "accept",
        "jump",
        "return",
        "log",
        "passthrough",
        "add-src-to-address-list",
        "add-dst-to-address-list",
        "src-nat",
        "masquerade",
        "dst-nat",
        "redirect",
        "same",
        "netmap",
        "endpoint-independent-nat",
        "socksify",
    ],
    versions(endpoint_independent_nat="7.10", socksify="7.20"),
]
"""What a NAT rule does."""


class _Action(Fields):
    action: Property[NatAction] = parameter("What is done with a packet that matches.", default="accept")
    to_addresses: Property[values.NewAddresses] = matcher("Address, prefix or range to translate to.")
    to_ports: Property[Annotated[int | str, kinds.Span(0, 65535)]] = matcher("Port or range to translate to.")
    randomise_ports: Property[bool] = parameter(
        "Whether endpoint-independent-nat picks ports at random.", since="7.10", default="no"
    )
    same_not_by_dst: Property[bool] = parameter(
        "Whether same picks the source address without regard to the destination.", default="no"
    )
    socks5_server: Property[Annotated[str, kinds.Address(4)]] = parameter(
        "Address of the SOCKS 5 server.", since="7.20"
    )
    socks5_port: Property[Annotated[int, number(0, 65535)]] = parameter("Port of the SOCKS 5 server.", since="7.20")
    socksify_service: Property[str] = parameter("Name of the service that socksify hands packets to.", since="7.20")


class _Tls(Fields):
    tls_host: Property[values.Text] = matcher(
        "Host name in a TLS greeting; `*` and `?` stand for any text.", until="7.16"
    )


class NatFields(Ending, _Tls, Matchers, Connections, Parameters, _Action):
    """The words of a NAT rule but for its chain."""


class NatRuleArgs(NatFields, RuleArgs):
    """One rule of `NatRules`."""


class NatRule(NatFields, OrderedItem, menu="/ip/firewall/nat", ordered=True, group="chain"):
    """A rule that translates addresses. (MikroTik manual: NAT)."""

    chain: Required[str] = required(
        "Chain that the rule stands in: srcnat, dstnat, input, output or one of your own.", cuts=True
    )


class NatRules(Rules, of=NatRule):
    """An ordered list of NAT rules in one chain, owned as one resource."""

    rules: Required[Sequence[NatRuleArgs | Mapping[str, Any]]] = required("The rules, in order.")
