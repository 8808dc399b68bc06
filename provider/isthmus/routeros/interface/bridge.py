"""`/interface/bridge`: interfaces joined into one network."""

from typing import Annotated, Literal

from isthmus.declare.fields import Fields, Property, word
from isthmus.declare.values import Duration, Mac, number
from isthmus.engine import kinds
from isthmus.routeros.named import ResourceNamedItem

FrameTypes = Literal["admit-all", "admit-only-vlan-tagged", "admit-only-untagged-and-priority-tagged"]
"""Frames that are let in."""

MulticastRouter = Literal["disabled", "temporary-query", "permanent"]
"""Whether a multicast router is taken to be there: never, while it asks, or always."""

BridgePriority = Annotated[int | str, number(0, 0xFFFF, digits=4)]
"""A priority of the spanning tree: `0x8000`; the lowest is the root."""


class _General(Fields):
    name: Property[str] = word("Name of the bridge; by default the resource's.")
    mtu: Property[Annotated[int | str, number(68, 65535, "auto")]] = word(
        "Largest packet in bytes; auto takes the smallest of the ports.", default="auto", cuts=True
    )
    arp: Property[Literal["disabled", "enabled", "proxy-arp", "reply-only", "local-proxy-arp"]] = word(
        "How ARP is answered.", default="enabled", cuts=True
    )
    arp_timeout: Property[Annotated[str, kinds.Duration(("auto",))]] = word(
        "How long an ARP entry holds without traffic.", default="auto"
    )
    auto_mac: Property[bool] = word("Whether the bridge takes the MAC address of a port.", default="yes", cuts=True)
    admin_mac: Property[Mac] = word("MAC address of the bridge, where auto_mac is off.", cuts=True)
    ageing_time: Property[Duration] = word("How long a host is remembered.", default="5m")
    fast_forward: Property[bool] = word("Whether a bridge of two ports takes a short way.", default="yes")
    forward_reserved_addresses: Property[bool] = word(
        "Whether frames for reserved addresses (01:80:C2:00:00:0X) are forwarded.", since="7.16", default="no"
    )
    max_learned_entries: Property[Annotated[int | str, number(0, 0xFFFFFFFF, "auto", "unlimited")]] = word(
        "How many hosts are remembered at most.", since="7.16", default="auto"
    )


class _Multicast(Fields):
    igmp_snooping: Property[bool] = word("Whether multicast goes only to ports that ask for it.", default="no")
    igmp_version: Property[Annotated[int, number(2, 3)]] = word(
        "IGMP version of the bridge's own questions.", default="2"
    )
    mld_version: Property[Annotated[int, number(1, 2)]] = word(
        "MLD version of the bridge's own questions.", default="1"
    )
    multicast_querier: Property[bool] = word("Whether the bridge asks who wants multicast.", default="no")
    multicast_router: Property[MulticastRouter] = word(
        "Whether the bridge itself counts as a multicast router.", default="temporary-query"
    )
    last_member_interval: Property[Duration] = word("How long the last member may take to answer.", default="1s")
    last_member_query_count: Property[Annotated[int, number(0, 0xFFFFFFFF)]] = word(
        "How often the last member is asked.", default="2"
    )
    membership_interval: Property[Duration] = word("How long a membership holds without an answer.", default="4m20s")
    querier_interval: Property[Duration] = word("How long another querier counts as there.", default="4m15s")
    querier_uses_bridge_address: Property[bool] = word(
        "Whether questions carry the bridge's own address.", since="7.24"
    )
    query_interval: Property[Duration] = word("How often members are asked.", default="2m5s")
    query_response_interval: Property[Duration] = word("How long members may take to answer.", default="10s")
    startup_query_count: Property[Annotated[int, number(0, 0xFFFFFFFF)]] = word(
        "How many questions are asked at the start.", default="2"
    )
    startup_query_interval: Property[Duration] = word("How often is asked at the start.", default="31s250ms")


class _SpanningTree(Fields):
    protocol_mode: Property[Literal["none", "stp", "rstp", "mstp"]] = word(
        "Which spanning tree guards against loops.", default="rstp", cuts=True
    )
    priority: Property[BridgePriority] = word("Priority of the bridge in the spanning tree.", default="0x8000")
    port_cost_mode: Property[Literal["long", "short"]] = word(
        "Whether path costs have 32 bits or 16.", since="7.13", default="long"
    )
    forward_delay: Property[Duration] = word("How long a port listens and learns.", default="15s")
    max_message_age: Property[Duration] = word("How long what other bridges said holds.", default="20s")
    max_hops: Property[Annotated[int, number(0, 255)]] = word("How far messages go in an MSTP region.", default="20")
    region_name: Property[str] = word("Name of the MSTP region.", default="")
    region_revision: Property[Annotated[int, number(0, 65535)]] = word("Revision of the MSTP region.", default="0")
    transmit_hold_count: Property[Annotated[int, number(1, 10)]] = word(
        "How many messages a port sends in a second at most.", default="6"
    )


class _Vlans(Fields):
    vlan_filtering: Property[bool] = word("Whether VLANs are kept apart.", default="no", cuts=True)
    ether_type: Property[Literal["0x8100", "0x88a8", "0x9100"]] = word("Ethernet type of a VLAN tag.", default="0x8100")
    frame_types: Property[FrameTypes] = word("Frames that the bridge itself lets in.", default="admit-all", cuts=True)
    ingress_filtering: Property[bool] = word(
        "Whether frames of VLANs that the bridge is no member of are dropped.",
        default={"6": "no", "7": "yes"},
        cuts=True,
    )
    mvrp: Property[bool] = word("Whether VLANs are told to and learned from neighbours.", since="7.15", default="no")
    pvid: Property[Annotated[int, number(1, 4094)]] = word(
        "VLAN of frames that the bridge itself sends without a tag.", default="1", cuts=True
    )


class _Guards(Fields):
    dhcp_snooping: Property[bool] = word("Whether DHCP servers answer only from trusted ports.", default="no")
    add_dhcp_option82: Property[bool] = word(
        "Whether DHCP requests are told which port they came from.", until="7.23", default="no"
    )
    dhcp_agent_circuit_id: Property[str] = word("Circuit ID that DHCP requests are told.", since="7.23")
    dhcp_agent_remote_id: Property[str] = word("Remote ID that DHCP requests are told.", since="7.23")
    dhcpv6_snooping: Property[bool] = word("Whether DHCPv6 servers answer only from trusted ports.", since="7.23")
    dhcpv6_agent_circuit_id: Property[str] = word("Circuit ID that DHCPv6 requests are told.", since="7.23")
    dhcpv6_agent_remote_id: Property[str] = word("Remote ID that DHCPv6 requests are told.", since="7.23")
    ra_guard: Property[bool] = word("Whether IPv6 routers announce themselves only from trusted ports.", since="7.22")


class _Mlag(Fields):
    mlag_heartbeat: Property[Annotated[str, kinds.Duration(("none",))]] = word(
        "How often the MLAG peers tell that they live.", since="7.22"
    )
    mlag_peer_port: Property[str] = word("Name of the interface to the MLAG peer, or none.", since="7.22", refers=True)
    mlag_priority: Property[Annotated[int, number(0, 255)]] = word("Priority among MLAG peers.", since="7.22")


class _Ending(Fields):
    disabled: Property[bool] = word("Whether the bridge is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")


class Bridge(
    _Ending,
    _Mlag,
    _Guards,
    _Multicast,
    _Vlans,
    _SpanningTree,
    _General,
    ResourceNamedItem,
    menu="/interface/bridge",
    key=("name",),
):
    """Interfaces joined into one network. (MikroTik manual: Bridging and Switching)."""
