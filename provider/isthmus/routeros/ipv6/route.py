"""`/ipv6/route`: where IPv6 packets go."""

from typing import Annotated, Literal

from isthmus.declare.fields import Property, word
from isthmus.declare.values import Address6, Flag, number, versions
from isthmus.engine import kinds
from isthmus.routeros.base import TypedItem
from isthmus.routeros.ip.route import Distance, Gateway

Destination = Annotated[str, kinds.Prefix(6, single="full")]
"""A prefix of destinations."""

Check = Annotated[Literal["none", "arp", "ping"], versions(none="7")]
"""How a gateway's reach is checked."""

Rank = Annotated[int, number(1, 255)]
"""A number from 1 to 255."""


class Route(TypedItem, menu="/ipv6/route", key=("dst-address", "gateway", "routing-table")):
    """An IPv6 route. (MikroTik manual: IP Routing)."""

    dst_address: Property[Destination] = word("Prefix of the destinations.", default="::/0", cuts=True)
    gateway: Property[Gateway] = word("Where packets are sent.", unset=True, cuts=True)
    blackhole: Property[Flag] = word("Drop the packets instead.", since="7", unset=True, cuts=True)
    type: Property[Literal["unicast", "unreachable"]] = word(
        "Whether packets are sent or refused.", until="7", evidence="manual", unset=True, cuts=True
    )
    distance: Property[Rank] = word("Rank among routes of one prefix, the lowest first.", unset=True, default="1")
    check_gateway: Property[Check] = word("How it is found out whether the gateway answers.", unset=True)
    pref_src: Property[Address6] = word(
        "Source address of packets of this router's own.", since="7.20", unset=True, cuts=True
    )
    routing_table: Property[str] = word(
        "Name of the table that holds the route.", since="7", default="main", cuts=True, refers=True
    )
    scope: Property[Distance] = word("Scope of the route, for looking up other gateways.", unset=True, default="30")
    target_scope: Property[Distance] = word(
        "Highest scope of the routes by which its gateway is looked up.", unset=True, default="10"
    )
    vrf_interface: Property[str] = word(
        "Name of the interface whose VRF the gateway is in.", since="7", unset=True, cuts=True, refers=True
    )
    suppress_hw_offload: Property[bool] = word(
        "Whether the switch chip is kept out of it.", since="7.12", until="7.21", default="no"
    )
    disabled: Property[bool] = word("Whether the route is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")
