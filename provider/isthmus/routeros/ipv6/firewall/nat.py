"""`/ipv6/firewall/nat`: rules that translate IPv6 addresses."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from isthmus.declare.fields import Fields, Property, Required, required
from isthmus.engine import kinds
from isthmus.routeros.base import OrderedItem
from isthmus.routeros.ip.firewall import values
from isthmus.routeros.ip.firewall.matchers import (
    CommonConnections,
    CommonStates,
    Ending,
    Parameters,
    matcher,
    parameter,
)
from isthmus.routeros.ipv6.firewall.matchers import Matchers
from isthmus.routeros.rules import RuleArgs, Rules

NatAction = Literal[
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
    "netmap",
]
"""What a NAT rule does."""

NewAddress = Annotated[str, kinds.Prefix(6, single="full")]
"""An address or a prefix to write into packets."""


class _Action(Fields):
    action: Property[NatAction] = parameter("What is done with a packet that matches.", default="accept")
    to_address: Property[NewAddress] = matcher("Address or prefix to translate to.")
    to_ports: Property[Annotated[int | str, kinds.Span(0, 65535)]] = matcher("Port or range to translate to.")


class _Tls(Fields):
    tls_host: Property[values.Text] = matcher(
        "Host name in a TLS greeting; `*` and `?` stand for any text.", until="7.16"
    )


class _Flags(Fields):
    tcp_flags: Property[values.TcpFlags] = matcher("TCP flags that are set, or with `!` not set.")


class NatFields(Ending, _Tls, _Flags, Matchers, CommonStates, CommonConnections, Parameters, _Action):
    """The words of a NAT rule but for its chain."""


class NatRuleArgs(NatFields, RuleArgs):
    """One rule of `NatRules`."""


class NatRule(NatFields, OrderedItem, menu="/ipv6/firewall/nat", ordered=True, group="chain", since="7"):
    """A rule that translates addresses. (MikroTik manual: NAT)."""

    chain: Required[str] = required(
        "Chain that the rule stands in: srcnat, dstnat, input, output or one of your own.", cuts=True
    )


class NatRules(Rules, of=NatRule):
    """An ordered list of NAT rules in one chain, owned as one resource."""

    rules: Required[Sequence[NatRuleArgs | Mapping[str, Any]]] = required("The rules, in order.")
