"""Addresses on links (ip-address(8))."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Annotated

from isthmus.declare.fields import Fields, Property, Required, required, word
from isthmus.declare.values import Address as AnyAddress
from isthmus.declare.values import Address4, number
from isthmus.engine import kinds
from isthmus.engine.kinds import iproute
from isthmus.linux.base import Object

_PLAIN6 = "256"
"""The metric that IPv6 gives an address without one (IP6_RT_PRIO_ADDRCONF)."""
_ONLY4 = ("broadcast", "label")
_ONLY6 = ("nodad", "home", "mngtmpaddr")


class AddressWords(Fields):
    """What an address on a link says of itself."""

    address: Required[Annotated[str, iproute.Interface()]] = required(
        "The address and its prefix length, `192.0.2.1/24`; with a peer the length is the peer's. Without one it is a "
        "/32 or /128, as for `ip`.",
        replaces=True,
    )
    dev: Required[str] = required("The link that it is on.", replaces=True, refers=True)
    netns: Property[str] = word(
        "Network namespace of the link; by default the host's own.", default="", replaces=True, refers=True
    )
    peer: Property[AnyAddress] = word("Address of the other end of a point-to-point link.", default="", replaces=True)
    broadcast: Property[Address4] = word("Broadcast address; IPv4 only.", default="", replaces=True)
    scope: Property[Annotated[str | int, iproute.SCOPES]] = word(
        "How far the address is valid: `global`, `site`, `link`, `host` or a number; of IPv6 addresses the kernel "
        "decides it.",
        replaces=True,
    )
    label: Property[str] = word("Name for old programs, the link's and a suffix: `eth0:1`; IPv4 only.", replaces=True)
    metric: Property[Annotated[int, number(1, 0xFFFFFFFF)]] = word("Metric of the route to its prefix.", default="")
    valid_lft: Property[Annotated[str | int, iproute.Lifetime()]] = word(
        "Seconds after which the kernel removes it, or `forever`; they begin anew with each change.",
        default="forever",
    )
    preferred_lft: Property[Annotated[str | int, iproute.Lifetime()]] = word(
        "Seconds after which new connections no longer begin from it, or `forever`; 0: none ever does.",
        default="forever",
    )
    noprefixroute: Property[bool] = word("Whether it comes without a route to its prefix.", default="no")
    nodad: Property[bool] = word(
        "Whether it is used without asking first if another host has it (RFC 4862); IPv6 only. Where it asks, the "
        "address is there when the answer is, if the link has a carrier.",
        default="no",
    )
    home: Property[bool] = word("Whether it is a mobile host's home address (RFC 6275); IPv6 only.", default="no")
    mngtmpaddr: Property[bool] = word(
        "Whether temporary addresses are made after its pattern (RFC 8981); IPv6 only.", default="no"
    )
    autojoin: Property[bool] = word("Whether its multicast group is joined.", default="no")


def together(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Say what cannot be said of an address of its family."""
    interface = ipaddress.ip_interface(words["address"])
    four = interface.version == 4  # noqa: PLR2004
    strange = _ONLY6 if four else _ONLY4
    other = "IPv6" if four else "IPv4"
    for name in strange:
        if words.get(name, "no") not in {"no", ""}:
            yield name, f"only {other} addresses have it, and {interface} is none: remove it"
    peer = words.get("peer")
    if peer and ipaddress.ip_address(peer).version != interface.version:
        yield "peer", f"{peer} is of another family than {interface}: both must be of one"
    if not four and words.get("metric") == _PLAIN6:
        yield "metric", f"{_PLAIN6} is the metric of an IPv6 address without one: remove it"
    if not four and "scope" in words:
        yield "scope", "the kernel decides the scope of an IPv6 address: remove it"
    yield from _lifetimes(words)


def _lifetimes(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    valid, preferred = (kinds.Number(words=("forever",)).canonical(words.get(name, "forever")) for name in LIFETIMES)
    if valid == "0":
        yield "valid_lft", "an address that is valid for 0 seconds is none: expected seconds or forever"
    if valid != "forever" and "preferred_lft" in words and (preferred == "forever" or int(preferred) > int(valid)):
        yield "preferred_lft", f"{preferred} is longer than valid_lft, {valid}: it cannot outlast the address"


LIFETIMES = ("valid_lft", "preferred_lft")


class Address(
    AddressWords, Object, kind="address", key=("address", "dev", "peer", "netns"), together=together, cuts=True
):
    """An address with its prefix on a link."""
