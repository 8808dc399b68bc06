"""Tunnels and IPsec interfaces (ip-link(8), ip-tunnel(8), ip-xfrm(8))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import Address4, Address6, number
from isthmus.engine import kinds
from isthmus.linux.links.base import EtherLink, External, Flags, InUdp, Tunnel4, Tunnel6, Underlaid
from isthmus.linux.links.values import Byte, Mark

MODE = "What is inside: by default only what the kind is named after."
SIXTOFOUR = "2002::/16"
NETWORK = 64
"""Bits of an IPv6 address that may name a network."""
IGNORE = "Whether inner packets are cut although they forbid it; only without `pmtudisc`."


def _cut(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if words.get("ignore_df") == "yes" and words.get("pmtudisc", "yes") == "yes":
        yield "ignore_df", "needs pmtudisc=False: packets are cut only where the path's MTU is not found out"


def _rapid(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Hold a 6rd prefix, with the part of the IPv4 address behind it, to the half of an address that is a network's."""
    length = int(words.get("sixrd_prefix", SIXTOFOUR).rpartition("/")[2])
    relayed = int((words.get("sixrd_relay_prefix") or "/0").rpartition("/")[2])
    if length + 32 - relayed > NETWORK:
        yield "sixrd_prefix", f"with the IPv4 address behind it, it has more than {NETWORK} bits: choose a shorter one"


class Ipip(Tunnel4, InUdp, External, kind="link/ipip", key=("name",)):
    """A tunnel of IPv4 in IPv4 (RFC 2003)."""

    mode: Property[Literal["ipip", "mplsip", "any"]] = word(MODE, default="ipip", replaces=True)


class Sit(Tunnel4, InUdp, kind="link/sit", key=("name",), together=_rapid):
    """A tunnel of IPv6 in IPv4 (RFC 4213), 6to4 and 6rd."""

    ttl: Property[Byte] = word("Time to live of outer packets; 0 takes the inner one's.", default="64")
    mode: Property[Literal["ip6ip", "ipip", "mplsip", "any"]] = word(MODE, default="ip6ip", replaces=True)
    isatap: Property[bool] = word("Whether it is an ISATAP interface (RFC 5214).", default="no", replaces=True)
    sixrd_prefix: Property[Annotated[str, kinds.Prefix(6)]] = word("Prefix of 6rd (RFC 5969).", default=SIXTOFOUR)
    sixrd_relay_prefix: Property[Annotated[str, kinds.Prefix(4, single="full")]] = word(
        "What all IPv4 addresses of 6rd begin with.", default=""
    )


class Gre(Tunnel4, Flags, InUdp, External, kind="link/gre", key=("name",), together=_cut):
    """A GRE tunnel over IPv4 (RFC 2784, RFC 2890)."""

    ignore_df: Property[bool] = word(IGNORE, default="no")


class GreTap(EtherLink, Tunnel4, Flags, InUdp, External, kind="link/gretap", key=("name",), together=_cut):
    """A tunnel of Ethernet frames in GRE over IPv4."""

    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.")
    remote: Property[Address4] = word("Address of the other end.", default="")
    ignore_df: Property[bool] = word(IGNORE, default="no")


class Ip6Gre(Tunnel6, Flags, InUdp, External, kind="link/ip6gre", key=("name",)):
    """A GRE tunnel over IPv6 (RFC 7676)."""


class Ip6GreTap(EtherLink, Tunnel6, Flags, InUdp, External, kind="link/ip6gretap", key=("name",)):
    """A tunnel of Ethernet frames in GRE over IPv6."""

    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.")


class Ip6Tnl(Tunnel6, InUdp, External, kind="link/ip6tnl", key=("name",)):
    """A tunnel of IPv6, IPv4 or both in IPv6 (RFC 2473)."""

    mode: Property[Literal["ip6ip6", "ipip6", "any"]] = word(MODE, default="ip6ip6")
    dscp_inherit: Property[bool] = word("Whether the outer DSCP is copied to what comes out.", default="no")
    fwmark_inherit: Property[bool] = word("Whether the outer mark is that of the inner packet.", default="no")


class Vti(Underlaid, kind="link/vti", key=("name",)):
    """An interface of IPsec in tunnel mode over IPv4, chosen by the mark that policies have."""

    local: Property[Address4] = word("Address of this end.", default="")
    remote: Property[Address4] = word("Address of the other end.")
    ikey: Property[Mark] = word("Mark of received packets' policy.", default="0")
    okey: Property[Mark] = word("Mark of sent packets' policy.", default="0")
    fwmark: Property[Mark] = word("Mark of outer packets.", default="0")


class Vti6(Underlaid, kind="link/vti6", key=("name",)):
    """An interface of IPsec in tunnel mode over IPv6, chosen by the mark that policies have."""

    local: Property[Address6] = word("Address of this end.", default="")
    remote: Property[Address6] = word("Address of the other end.", default="")
    ikey: Property[Mark] = word("Mark of received packets' policy.", default="0")
    okey: Property[Mark] = word("Mark of sent packets' policy.", default="0")
    fwmark: Property[Mark] = word("Mark of outer packets.", default="0")


class Xfrm(Underlaid, kind="link/xfrm", key=("name",)):
    """An interface of IPsec, chosen by the id that policies have (`if_id`)."""

    link: Property[str] = word(
        "Link that outer packets leave by; by default the one of the route.", default="", replaces=True, refers=True
    )
    if_id: Required[Annotated[int, number(1, 0xFFFFFFFF)]] = required("The id that policies and states have.")
    addrgenmode: Property[Literal["eui64", "none", "stable_secret", "random"]] = word(
        "How its IPv6 link-local address is made.", default="random"
    )
