"""`/ip/ipsec/policy`: which packets a tunnel takes."""

from typing import Annotated, Literal

from isthmus.declare.fields import Property, word
from isthmus.declare.values import number
from isthmus.engine import kinds
from isthmus.routeros.base import OrderedItem
from isthmus.routeros.named import Names, ResourceNamedItem

Selector = Annotated[str, kinds.Prefix(single="full")]
"""A prefix of packets' addresses."""

Port = Annotated[int | str, number(0, 65535, "any")]
"""A port, or any."""


class Policy(
    OrderedItem, menu="/ip/ipsec/policy", key=("peer", "src-address", "dst-address", "protocol"), ordered=True
):
    """Which packets a tunnel takes; the first policy that fits decides. (MikroTik manual: IPsec, Policies)."""

    action: Property[Literal["encrypt", "discard", "none"]] = word(
        "What is done with the packets.", default="encrypt", cuts=True
    )
    peer: Property[Annotated[Names, kinds.ListOf(ordered=True)]] = word(
        "Names of the peers, tried in this order; needed except in a template.", cuts=True, refers=True
    )
    tunnel: Property[bool] = word(
        "Whether whole packets are carried (tunnel mode) or their content only.", default="no", cuts=True
    )
    src_address: Property[Selector] = word("Source addresses of the packets.", default="::/0", cuts=True)
    src_port: Property[Port] = word("Source port of the packets.", default="any", cuts=True)
    dst_address: Property[Selector] = word("Destination addresses of the packets.", default="::/0", cuts=True)
    dst_port: Property[Port] = word("Destination port of the packets.", default="any", cuts=True)
    protocol: Property[Annotated[str, kinds.Protocol(("all",))]] = word(
        "IP protocol of the packets, by name or number.", default="all", cuts=True
    )
    level: Property[Literal["require", "use", "unique"]] = word(
        "What is done while there are no keys: wait for them, send in clear, or wait for keys of this policy alone.",
        default="require",
        cuts=True,
    )
    ipsec_protocols: Property[Literal["ah", "esp"]] = word(
        "Whether packets are encrypted (esp) or signed only (ah).", default="esp", cuts=True
    )
    proposal: Property[str] = word("Name of the proposal for phase 2.", default="default", cuts=True, refers=True)
    template: Property[bool] = word("Whether policies are made from this one.", default="no")
    group: Property[str] = word("Name of the group that a template belongs to.", default="default", refers=True)
    disabled: Property[bool] = word("Whether the policy is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")


class PolicyGroup(ResourceNamedItem, menu="/ip/ipsec/policy/group", key=("name",)):
    """A group of policy templates. (MikroTik manual: IPsec, Policies)."""

    name: Property[str] = word("Name of the group, to which templates and identities refer; by default the resource's.")
    comment: Property[str] = word("Text for people.")
