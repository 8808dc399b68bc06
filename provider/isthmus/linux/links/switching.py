"""Links that switch, divide or stand for other links (ip-link(8), bridge(8))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

import pulumi

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import Address, number
from isthmus.engine import kinds
from isthmus.linux.base import Object
from isthmus.linux.links.base import EtherLink, Link
from isthmus.linux.links.values import PORTS, Byte, Ids, LinkAddress, LinkMac, Mark, Port, PriorityMap, Time

NAMESPACE = "Network namespace that the link is in; by default the host's own."
Routers = Literal["never", "auto", "always"]
Tags = Literal["802.1Q", "802.1ad"]
Vid = Annotated[int, number(0, 4094)]


def _one_family(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    local, remote = words.get("local", ""), words.get("remote", "")
    if local and remote and (":" in local) != (":" in remote):
        yield "local", f"{local} and remote {remote} are of two families: give both of one"


class Dummy(Link, kind="link/dummy", key=("name",)):
    """A link that leads nowhere, for addresses that belong to the host itself."""

    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.", default="1500")
    arp: Property[bool] = word("Whether neighbours are asked for by ARP.", default="no")
    address: Property[LinkAddress] = word("MAC address; by default the kernel chooses one.")


class Bridge(EtherLink, kind="link/bridge", key=("name",)):
    """A switch of the kernel's. Its MAC address follows its ports unless it is given."""

    netns: Property[str] = word(NAMESPACE, default="", replaces=True)
    mtu: Property[Annotated[int, number(68, 65535)]] = word(
        "Largest packet in bytes; by default the least of its ports.", default="1500", drifts=False
    )
    address: Property[LinkAddress] = word("MAC address; by default that of one of its ports.", drifts=False)
    stp: Property[bool] = word("Whether it speaks the spanning tree protocol.", default="no")
    priority: Property[Port] = word("Priority in the spanning tree; the least becomes its root.", default="32768")
    forward_delay: Property[Time] = word("Seconds that a port listens, and learns, before it forwards.", default="15")
    hello_time: Property[Time] = word("Seconds between greetings of the spanning tree.", default="2")
    max_age: Property[Time] = word("Seconds after which a silent root is taken for dead.", default="20")
    ageing_time: Property[Time] = word("Seconds after which a silent station is forgotten.", default="300")
    group_fwd_mask: Property[Port] = word("Which link-local groups (01-80-C2-00-00-0X) are forwarded.", default="0")
    group_address: Property[Annotated[str, LinkMac(group=True)]] = word(
        "Group that its spanning tree speaks to.", default="01:80:c2:00:00:00"
    )
    vlan_filtering: Property[bool] = word("Whether it looks at VLAN tags.", default="no")
    vlan_protocol: Property[Tags] = word("Which tags it looks at.", default="802.1Q")
    vlan_default_pvid: Property[Vid] = word(
        "VLAN of untagged frames on new ports; the filter is off for a moment while it is changed.", default="1"
    )
    vlans: Property[Ids] = word("VLANs, and ranges of them, that the bridge itself is in.", default="", drifts=False)
    untagged: Property[Ids] = word("Those of them that reach the bridge itself untagged.", default="", drifts=False)
    pvid: Property[Vid] = word("VLAN of the bridge's own untagged frames.", default="", drifts=False)
    vlan_stats: Property[bool] = word("Whether packets are counted by VLAN.", default="no")
    vlan_stats_per_port: Property[bool] = word(
        "Whether they are counted by port too; only changed while no port has VLANs.", default="no"
    )
    mcast_snooping: Property[bool] = word("Whether multicast goes only where it was asked for.", default="yes")
    mcast_router: Property[Routers] = word("Whether the bridge itself is a multicast router.", default="auto")
    mcast_query_use_ifaddr: Property[bool] = word("Whether queries come from the bridge's address.", default="no")
    mcast_querier: Property[bool] = word("Whether it asks who wants multicast.", default="no")
    mcast_stats: Property[bool] = word("Whether multicast messages are counted.", default="no")
    mcast_hash_max: Property[Annotated[int, number(1, 0x7FFFFFFF)]] = word("Most groups.", default="4096")
    mcast_igmp_version: Property[Annotated[int, number(2, 3)]] = word("Version of IGMP.", default="2")
    mcast_mld_version: Property[Annotated[int, number(1, 2)]] = word("Version of MLD.", default="1")
    mcast_last_member_count: Property[Mark] = word("Queries after a station left.", default="2")
    mcast_last_member_interval: Property[Time] = word("Seconds between them.", default="1")
    mcast_startup_query_count: Property[Mark] = word("Queries at the start.", default="2")
    mcast_startup_query_interval: Property[Time] = word("Seconds between them.", default="31.24")
    mcast_membership_interval: Property[Time] = word("Seconds after which a silent member is gone.", default="260")
    mcast_querier_interval: Property[Time] = word("Seconds after which another querier is gone.", default="255")
    mcast_query_interval: Property[Time] = word("Seconds between queries.", default="125")
    mcast_query_response_interval: Property[Time] = word("Seconds that members have to answer.", default="10")
    nf_call_iptables: Property[bool] = word("Whether iptables sees bridged packets.", default="no")
    nf_call_ip6tables: Property[bool] = word("Whether ip6tables sees bridged packets.", default="no")
    nf_call_arptables: Property[bool] = word("Whether arptables sees bridged packets.", default="no")


class BridgePort(Object, kind="bridge-port", key=("dev",), cuts=True):
    """A link under a bridge.

    The link that carries the session to the host is refused: `BridgeTakeover` puts it under a bridge with its
    addresses and routes.
    """

    dev: Required[str] = required("The link that becomes the port.", replaces=True, refers=True)
    bridge: Required[str] = required("The bridge.", refers=True)
    netns: Property[str] = word("Network namespace of both; by default the host's own.", default="", replaces=True)
    state: Property[Literal["disabled", "listening", "learning", "forwarding", "blocking"]] = word(
        "What the port does; the kernel moves it with the carrier, and keeps only `disabled` and `forwarding` unless a "
        "program speaks the spanning tree.",
        drifts=False,
        default="",
    )
    cost: Property[Annotated[int, number(1, 200_000_000)]] = word(
        "Cost in the spanning tree; by default by speed.", default="2", drifts=False
    )
    priority: Property[Annotated[int, number(0, 63)]] = word("Priority in the spanning tree.", default="32")
    hairpin: Property[bool] = word("Whether frames may go back where they came from.", default="no")
    guard: Property[bool] = word("Whether the port is closed by a greeting of the spanning tree.", default="no")
    root_block: Property[bool] = word("Whether the port never leads to the root.", default="no")
    fastleave: Property[bool] = word("Whether a group ends at once when a station leaves it.", default="no")
    learning: Property[bool] = word("Whether stations are learned from what they send.", default="yes")
    flood: Property[bool] = word("Whether frames to unknown stations go here.", default="yes")
    mcast_flood: Property[bool] = word("Whether multicast that nobody asked for goes here.", default="yes")
    bcast_flood: Property[bool] = word("Whether broadcasts go here.", default="yes")
    mcast_to_unicast: Property[bool] = word("Whether each member gets a copy of its own.", default="no")
    mcast_router: Property[Literal["never", "auto", "always", "temporary"]] = word(
        "Whether a multicast router is behind the port.", default="auto"
    )
    proxy_arp: Property[bool] = word("Whether the bridge answers for others by ARP.", default="no")
    proxy_arp_wifi: Property[bool] = word("Whether it does so as IEEE 802.11 asks.", default="no")
    neigh_suppress: Property[bool] = word("Whether it answers for known neighbours.", default="no")
    vlan_tunnel: Property[bool] = word("Whether VLANs map to tunnels.", default="no")
    isolated: Property[bool] = word("Whether isolated ports do not reach one another.", default="no")
    locked: Property[bool] = word("Whether only known stations may send.", default="no")
    group_fwd_mask: Property[Port] = word("Which link-local groups are forwarded.", default="0")
    vlans: Property[Ids] = word("VLANs, and ranges of them, that the port is in.", default="", drifts=False)
    untagged: Property[Ids] = word("Those of them that leave untagged.", default="", drifts=False)
    pvid: Property[Vid] = word("VLAN of untagged frames that come in.", default="", drifts=False)


class Vrf(Link, kind="link/vrf", key=("name",)):
    """A VRF: links that have it as their `master` use its table of routes.

    With the first VRF the kernel makes a rule of its own, `1000: from all lookup [l3mdev-table]`, which stays: it would
    not make it again for the next.
    """

    netns: Property[str] = word(NAMESPACE, default="", replaces=True)
    mtu: Property[Annotated[int, number(1280, 65575)]] = word("Largest packet in bytes.", default="65575")
    table: Required[Annotated[int, number(1, 0xFFFFFFFF)]] = required("Number of its table.", replaces=True)


class Vlan(EtherLink, kind="link/vlan", key=("name",)):
    """A VLAN on a link; its MTU and MAC address are that link's unless they are given."""

    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.", drifts=False)
    address: Property[LinkAddress] = word("MAC address; by default that of the link.", drifts=False)
    link: Required[str] = required("The link that carries it.", replaces=True, refers=True)
    link_netns: Property[str] = word("Network namespace of that link, where it is not the VLAN's own.", replaces=True)
    vid: Required[Vid] = required("Number of the VLAN.", replaces=True)
    protocol: Property[Tags] = word("Which tag it has.", default="802.1Q", replaces=True)
    reorder_hdr: Property[bool] = word("Whether received frames have no tag any more.", default="yes")
    gvrp: Property[bool] = word("Whether it is announced by GVRP.", default="no")
    mvrp: Property[bool] = word("Whether it is announced by MVRP.", default="no")
    loose_binding: Property[bool] = word("Whether it stays up without its link.", default="no")
    bridge_binding: Property[bool] = word("Whether it is up only with ports of its bridge.", default="no")
    egress_qos_map: Property[Annotated[Sequence[str], PriorityMap()]] = word(
        "Priorities of sent packets and the tag's, `from:to`.", default=""
    )
    ingress_qos_map: Property[Annotated[Sequence[str], PriorityMap()]] = word(
        "The tag's priorities and those of received packets, `from:to`.", default=""
    )


class Macvlan(EtherLink, kind="link/macvlan", key=("name",)):
    """A further MAC address on a link."""

    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.", drifts=False)
    link: Required[str] = required("The link that carries it.", replaces=True, refers=True)
    link_netns: Property[str] = word("Network namespace of that link, where it is not this one's own.", replaces=True)
    mode: Property[Literal["private", "vepa", "bridge", "passthru", "source"]] = word(
        "What links on the same carrier say to one another; passthru comes and goes only with the link.",
        default="vepa",
    )
    nopromisc: Property[bool] = word("Whether the carrier stays out of promiscuous mode, with passthru.", default="no")


class Vxlan(EtherLink, kind="link/vxlan", key=("name",), together=_one_family):
    """A network of Ethernet frames over UDP (RFC 7348)."""

    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.")
    vni: Required[Annotated[int, number(0, 0xFFFFFF)]] = required("Number of the network (VNI).", replaces=True)
    link: Property[str] = word("Link that outer packets leave by.", refers=True)
    link_netns: Property[str] = word(
        "Network namespace that outer packets are in, where it is not the link's own; '' is the host's.", replaces=True
    )
    remote: Property[Address] = word("Address, or multicast group, that unknown stations are behind.", default="")
    local: Property[Address] = word("Address of this end.", default="")
    ttl: Property[Byte] = word("Time to live of outer packets; 0 is the host's own.", default="0")
    tos: Property[Byte] = word("Type of service of outer packets; 1 takes the inner one's.", default="0")
    df: Property[Literal["unset", "set", "inherit"]] = word("Whether outer packets may be cut.", default="unset")
    flowlabel: Property[Annotated[int, number(0, 0xFFFFF)]] = word("Flow label of outer packets.", default="0")
    ageing: Property[Mark] = word("Seconds after which a silent station is forgotten.", default="300")
    maxaddress: Property[Mark] = word("Most stations; 0 is no limit.", default="0", replaces=True)
    dstport: Property[Annotated[int, number(1, PORTS)]] = word("UDP port.", default="4789", replaces=True)
    srcport: Property[Annotated[str, kinds.Span(1, PORTS)]] = word(
        "Source ports, `low-high`.", default="", replaces=True
    )
    learning: Property[bool] = word("Whether stations are learned from what comes in.", default="yes")
    proxy: Property[bool] = word("Whether it answers ARP for known stations.", default="no", replaces=True)
    rsc: Property[bool] = word("Whether routes are cut short.", default="no", replaces=True)
    l2miss: Property[bool] = word("Whether unknown stations are told to programs.", default="no", replaces=True)
    l3miss: Property[bool] = word("Whether unknown addresses are told to programs.", default="no", replaces=True)
    udpcsum: Property[bool] = word("Whether the UDP has a checksum over IPv4.", default="yes", replaces=True)
    udp6zerocsumtx: Property[bool] = word("Whether it is sent without one over IPv6.", default="no", replaces=True)
    udp6zerocsumrx: Property[bool] = word("Whether it is taken without one over IPv6.", default="no", replaces=True)
    external: Property[bool] = word("Whether each packet's route tells the endpoints.", default="no", replaces=True)
    gbp: Property[bool] = word("Whether marks travel along (group-based policy).", default="no", replaces=True)


class Veth(EtherLink, kind="link/veth", key=("name",)):
    """A pair of links: what goes into one comes out of the other."""

    peer: Required[str] = required("Name of the other end.", replaces=True)
    peer_netns: Property[str] = word(
        "Network namespace of the other end, where it is not this one's; '' is the host's. It is moved there."
    )
    peer_mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet of the other end.", default="1500")
    peer_address: Property[LinkAddress] = word("MAC address of the other end.")
    peer_up: Property[bool] = word("Whether the other end is up.", default="yes")

    def _inputs(
        self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, object]
    ) -> dict[str, object]:
        return super()._inputs(name, opts, {"peer_up": True, **arguments})
