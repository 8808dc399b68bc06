"""What links of all kinds, of Ethernet kinds, and tunnels have in common (ip-link(8))."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pulumi

from isthmus.declare.fields import Property, word
from isthmus.declare.values import Address4, Address6, number
from isthmus.linux.base import Object
from isthmus.linux.links.values import Byte, LinkAddress, Mark, Name, Port

INHERIT = number(0, 255, "inherit")
Generates = Literal["eui64", "none", "stable_secret", "random"]


class Link(Object):
    """What links of all kinds have in common."""

    def __init_subclass__(cls, **facts: Any) -> None:
        """Declare a kind of link. A session may go over it; the host knows whether one does."""
        super().__init_subclass__(**({"carries": True, **facts} if facts else {}))

    name: Property[Name] = word(
        "Name of the link, at most 15 characters, without / : and blanks; by default the resource's.", replaces=True
    )
    netns: Property[str] = word(
        "Network namespace that the link is in; by default the host's own. The link is moved to another, and loses "
        "its addresses by that.",
        default="",
    )
    mtu: Property[Annotated[int, number(68, 65575)]] = word("Largest packet in bytes.")
    up: Property[bool] = word("Whether the link is up.", default="yes")
    alias: Property[str] = word("Text for people; our mark stands behind it.", default="")
    txqueuelen: Property[Annotated[int, number(0, 1_000_000)]] = word("Packets that may wait.", default="1000")
    group: Property[Mark] = word("Group of links that it is in, as a number; rules and filters know it.", default="0")
    multicast: Property[bool] = word("Whether multicast goes over the link.", default="no")
    master: Property[str] = word(
        "Bridge or VRF that the link belongs to; left alone where it is not given, as for `BridgePort`.",
        default="",
        drifts=False,
        refers=True,
    )
    addrgenmode: Property[Generates] = word("How its IPv6 link-local address is made.", default="eui64")

    def _inputs(
        self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, object]
    ) -> dict[str, object]:
        return super()._inputs(name, opts, {"name": name, "up": True, **arguments})


class EtherLink(Link):
    """What links that carry Ethernet frames have in common."""

    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.", default="1500")
    multicast: Property[bool] = word("Whether multicast goes over the link.", default="yes")
    arp: Property[bool] = word("Whether neighbours are asked for by ARP.", default="yes")
    address: Property[LinkAddress] = word("MAC address; by default the kernel chooses one.")


class Underlaid(Link):
    """What links that stand on another have in common."""

    link: Property[str] = word(
        "Link that outer packets leave by; by default the one of the route.", default="", refers=True
    )
    link_netns: Property[str] = word(
        "Network namespace that outer packets are in, where it is not the link's own; '' is the host's.", replaces=True
    )


class Tunnel4(Underlaid):
    """What tunnels over IPv4 have in common."""

    local: Property[Address4] = word("Address of this end.", default="")
    remote: Property[Address4] = word("Address of the other end.")
    ttl: Property[Byte] = word("Time to live of outer packets; 0 takes the inner one's.", default="0")
    tos: Property[Byte] = word("Type of service of outer packets; 1 takes the inner one's.", default="0")
    pmtudisc: Property[bool] = word(
        "Whether the path's MTU is found out; it must be where `ttl` is set.", default="yes"
    )
    fwmark: Property[Mark] = word("Mark of outer packets.", default="0")


class Tunnel6(Underlaid):
    """What tunnels over IPv6 have in common."""

    local: Property[Address6] = word("Address of this end.", default="")
    remote: Property[Address6] = word("Address of the other end.", default="")
    hoplimit: Property[Byte] = word("Hop limit of outer packets; 0 takes the inner one's.", default="64")
    tclass: Property[Annotated[int | str, INHERIT]] = word("Traffic class of outer packets, or `inherit`.", default="0")
    flowlabel: Property[Annotated[int | str, number(0, 0xFFFFF, "inherit")]] = word(
        "Flow label of outer packets, or `inherit`.", default="0"
    )
    encaplimit: Property[Annotated[int | str, number(0, 255, "none")]] = word(
        "How many tunnels may be in the tunnel (RFC 2473), or `none`, which saves 8 bytes a packet.", default="4"
    )
    fwmark: Property[Mark] = word("Mark of outer packets.", default="0")


class InUdp(Link):
    """What tunnels that can hide in UDP have in common (ip-fou(8))."""

    encap: Property[Literal["none", "fou", "gue"]] = word("Whether outer packets are in UDP, and how.", default="none")
    encap_sport: Property[Port] = word("Source port of the UDP; 0 takes one by flow.", default="0")
    encap_dport: Property[Port] = word("Destination port of the UDP.", default="0")
    encap_csum: Property[bool] = word("Whether the UDP has a checksum over IPv4.", default="no")
    encap_csum6: Property[bool] = word("Whether the UDP has a checksum over IPv6.", default="no")
    encap_remcsum: Property[bool] = word("Whether the inner checksum is left to the other end.", default="no")


class Flags(Link):
    """What GRE tunnels have in common (RFC 2890)."""

    ikey: Property[Mark] = word("Key of received packets.", default="")
    okey: Property[Mark] = word("Key of sent packets.", default="")
    iseq: Property[bool] = word("Whether received packets must be numbered.", default="no")
    oseq: Property[bool] = word("Whether sent packets are numbered.", default="no")
    icsum: Property[bool] = word("Whether received packets must have a checksum.", default="no")
    ocsum: Property[bool] = word("Whether sent packets have a checksum.", default="no")


class External(Link):
    """What tunnels have in common whose endpoints routes may tell."""

    external: Property[bool] = word(
        "Whether each packet's route tells the endpoints (ip-route(8), encap).", default="no", replaces=True
    )
