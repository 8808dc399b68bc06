"""`/ip/route`: where packets go."""

from typing import Annotated, Literal

from isthmus.declare.fields import Property, word
from isthmus.declare.values import Address4, Flag, number, versions
from isthmus.engine import kinds
from isthmus.routeros.base import TypedItem

Destination = Annotated[str, kinds.Prefix(4, single="full")]
"""A prefix of destinations."""

Gateway = Annotated[str, kinds.Gateway()]
"""Addresses or interfaces, comma-separated: `192.0.2.1`, `192.0.2.1%ether1`, `192.0.2.1@main`, `ether1`."""

Check = Annotated[Literal["none", "arp", "ping", "bfd"], versions(none="7", bfd="7")]
"""How a gateway's reach is checked."""

Distance = Annotated[int, number(0, 255)]
"""A number from 0 to 255."""


class Route(TypedItem, menu="/ip/route", key=("dst-address", "gateway", "routing-table")):
    """An IPv4 route. (MikroTik manual: IP Routing).

    Version 6 knows `routing_mark`, `type` and attributes of BGP; from 7 on there are `routing_table` and `blackhole`.
    """

    dst_address: Property[Destination] = word("Prefix of the destinations.", default="0.0.0.0/0", cuts=True)
    gateway: Property[Gateway] = word("Where packets are sent.", unset=True, cuts=True)
    blackhole: Property[Flag] = word("Drop the packets instead.", since="7", unset=True, cuts=True)
    type: Property[Literal["unicast", "blackhole", "prohibit", "unreachable"]] = word(
        "Whether packets are sent, dropped, or refused.", until="7", evidence="manual", unset=True, cuts=True
    )
    distance: Property[Distance] = word("Rank among routes of one prefix, the lowest first.", unset=True, default="1")
    check_gateway: Property[Check] = word("How it is found out whether the gateway answers.", unset=True)
    pref_src: Property[Address4] = word("Source address of packets of this router's own.", unset=True, cuts=True)
    routing_table: Property[str] = word(
        "Name of the table that holds the route.", since="7", default="main", cuts=True, refers=True
    )
    routing_mark: Property[str] = word("Mark of the packets that the route is for.", until="7", unset=True, cuts=True)
    scope: Property[Distance] = word("Scope of the route, for looking up other gateways.", unset=True, default="30")
    target_scope: Property[Distance] = word(
        "Highest scope of the routes by which its gateway is looked up.", unset=True, default="10"
    )
    vrf_interface: Property[str] = word(
        "Name of the interface whose VRF the gateway is in.", since="7", unset=True, cuts=True, refers=True
    )
    suppress_hw_offload: Property[bool] = word(
        "Whether the switch chip is kept out of it.", since="7", until="7.21", default="no"
    )
    route_tag: Property[Annotated[int, number(0, 0xFFFFFFFF)]] = word(
        "Tag that RIP and OSPF carry.", until="7", unset=True
    )
    bgp_as_path: Property[str] = word("AS path for BGP.", until="7", unset=True)
    bgp_atomic_aggregate: Property[Literal["yes", "no"]] = word("Atomic aggregate for BGP.", until="7", unset=True)
    bgp_communities: Property[str] = word("Communities for BGP.", until="7", unset=True)
    bgp_local_pref: Property[Annotated[int, number(0, 0xFFFFFFFF)]] = word(
        "Local preference for BGP.", until="7", unset=True
    )
    bgp_med: Property[Annotated[int, number(0, 0xFFFFFFFF)]] = word(
        "Multi-exit discriminator for BGP.", until="7", unset=True
    )
    bgp_origin: Property[Literal["igp", "egp", "incomplete"]] = word("Origin for BGP.", until="7", unset=True)
    bgp_prepend: Property[Annotated[int, number(0, 16)]] = word(
        "How often the own AS is put in front for BGP.", until="7", unset=True
    )
    disabled: Property[bool] = word("Whether the route is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")
