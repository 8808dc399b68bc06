"""What firewall rules match, and what they all have besides; in the order of an export, which is alphabetical."""

from typing import Annotated, Any, Unpack

from isthmus.declare.fields import Facts, Fields, Property, word
from isthmus.declare.values import number
from isthmus.routeros.ip.firewall import values


def matcher(doc: str, **facts: Unpack[Facts]) -> Any:
    """Declare a word that narrows what a rule matches: it can be unset, and a wrong one can cut the way in."""
    given: Facts = {"unset": True, "cuts": True, **facts}
    return word(doc, **given)


def parameter(doc: str, **facts: Unpack[Facts]) -> Any:
    """Declare a word that an action needs: it goes with the action, and a wrong one can cut the way in."""
    given: Facts = {"cuts": True, **facts}
    return word(doc, **given)


class Parameters(Fields):
    """What the actions of all tables need. (MikroTik manual: Common Firewall Matchers and Actions)."""

    address_list: Property[str] = parameter(
        "Name of the address list that add-src-to-address-list and add-dst-to-address-list fill.", default=""
    )
    address_list_timeout: Property[values.Timeout] = parameter(
        "How long an address stays in that list.", default="none-dynamic"
    )
    jump_target: Property[str] = parameter("Name of the chain that jump goes to.", default="")


class CommonMatchers(Fields):
    """What rules of all tables match, for IPv4 and IPv6. (MikroTik manual: Common Firewall Matchers and Actions)."""

    content: Property[values.Text] = matcher("Text somewhere in the packet.")
    dscp: Property[values.Dscp] = matcher("DSCP of the packet.")
    dst_address: Property[values.Addresses] = matcher("Destination address, prefix or range.")
    dst_address_list: Property[values.Text] = matcher("Name of an address list that holds the destination address.")
    dst_limit: Property[values.DstLimit] = matcher("Rate up to which packets of each flow match.")
    dst_port: Property[values.Ports] = matcher("Destination ports; needs a protocol that has ports.")
    icmp_options: Property[values.Icmp] = matcher("ICMP type and codes; needs the protocol icmp.")
    in_bridge_port: Property[values.Text] = matcher("Name of the bridge port that the packet came in by.", refers=True)
    in_bridge_port_list: Property[values.Text] = matcher(
        "Name of an interface list that holds that bridge port.", refers=True
    )
    in_interface: Property[values.Text] = matcher("Name of the interface that the packet came in by.", refers=True)
    in_interface_list: Property[values.Text] = matcher(
        "Name of an interface list that holds that interface.", refers=True
    )
    ingress_priority: Property[values.Dscp] = matcher("Priority that the packet came with (VLAN, WMM or MPLS).")
    ipsec_policy: Property[values.IpsecPolicy] = matcher("Whether an IPsec policy takes the packet, in or out.")
    limit: Property[values.Limit] = matcher("Rate up to which packets match.")
    nth: Property[values.Nth] = matcher("Which one of so many packets matches.")
    out_bridge_port: Property[values.Text] = matcher("Name of the bridge port that the packet leaves by.", refers=True)
    out_bridge_port_list: Property[values.Text] = matcher(
        "Name of an interface list that holds that bridge port.", refers=True
    )
    out_interface: Property[values.Text] = matcher("Name of the interface that the packet leaves by.", refers=True)
    out_interface_list: Property[values.Text] = matcher(
        "Name of an interface list that holds that interface.", refers=True
    )
    packet_mark: Property[values.Text] = matcher("Packet mark that mangle set, or no-mark.")
    packet_size: Property[values.Size] = matcher("Size of the packet in bytes.")
    per_connection_classifier: Property[values.Classifier] = matcher(
        "Class that the packet's addresses and ports fall into, to share connections out."
    )
    port: Property[values.Ports] = matcher("Source or destination ports; needs a protocol that has ports.")
    priority: Property[values.Dscp] = matcher("Priority that the packet was given.")
    protocol: Property[values.Protocol] = matcher("IP protocol, by name or number.")
    random: Property[Annotated[int, number(1, 99)]] = matcher("Share of packets that match by chance, in percent.")
    src_address: Property[values.Addresses] = matcher("Source address, prefix or range.")
    src_address_list: Property[values.Text] = matcher("Name of an address list that holds the source address.")
    src_mac_address: Property[values.Mac] = matcher("Source MAC address.")
    src_port: Property[values.Ports] = matcher("Source ports; needs a protocol that has ports.")
    tcp_mss: Property[values.Size] = matcher("Maximum segment size that a TCP packet announces, in bytes.")
    time: Property[values.Daytime] = matcher("Hours and days at which packets match.")
    tos: Property[values.Tos] = matcher("Type of service of the packet, with a mask.", since="7.21")


class Matchers(CommonMatchers):
    """What rules for IPv4 match besides."""

    dst_address_type: Property[values.AddressTypes] = matcher("What the destination address is to this router.")
    fragment: Property[bool] = matcher("Whether the packet is a fragment, but not the first.")
    hotspot: Property[values.HotspotStates] = matcher("What the hotspot says of the packet.")
    ipv4_options: Property[values.Ipv4Options] = matcher("Options in the packet's header.")
    psd: Property[values.PortScan] = matcher("Weights from which packets count as a port scan.")
    src_address_type: Property[values.AddressTypes] = matcher("What the source address is to this router.")
    ttl: Property[values.Ttl] = matcher("Comparison with the packet's time to live.")


class Flags(Fields):
    """What rules outside of NAT match of TCP and TLS."""

    tcp_flags: Property[values.TcpFlags] = matcher("TCP flags that are set, or with `!` not set.")
    tls_host: Property[values.Text] = matcher("Host name in a TLS greeting; `*` and `?` stand for any text.")


class CommonConnections(Fields):
    """What rules behind connection tracking match."""

    connection_bytes: Property[values.Bytes] = matcher("How many bytes the connection has carried.")
    connection_limit: Property[values.ConnectionLimit] = matcher("How many connections an address or network has.")
    connection_mark: Property[values.Text] = matcher("Connection mark that mangle set, or no-mark.")
    connection_rate: Property[values.Rates] = matcher("Rate of the connection in bits per second.")
    connection_type: Property[values.ConnectionType] = matcher("Helper that found the connection related.")
    routing_mark: Property[values.Text] = matcher("Routing mark that mangle set.", refers=True)


class Connections(CommonConnections):
    """What such rules for IPv4 match besides."""

    layer7_protocol: Property[values.Text] = matcher("Name of a layer 7 pattern that the connection's start matches.")
    realm: Property[values.Realm] = matcher("Realm of the packet's route.")


class CommonStates(Fields):
    """What filter and mangle rules match of a connection."""

    connection_state: Property[values.ConnectionStates] = matcher("What connection tracking says of the packet.")


class States(CommonStates):
    """What such rules for IPv4 match besides."""

    p2p: Property[values.PeerToPeer] = matcher("Peer-to-peer program that the connection belongs to.")
    routing_table: Property[values.Text] = matcher(
        "Name of the routing table that leads to the destination.", until="7", evidence="manual"
    )


class Ending(Fields):
    """What every rule ends with."""

    log: Property[bool] = word("Whether matched packets are written to the log.", default="no")
    log_prefix: Property[str] = word("Text in front of those lines, at most 31 bytes.", default="")
    disabled: Property[bool] = word("Whether the rule is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")
