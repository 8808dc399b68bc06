"""Addresses on links (ip-address(8))."""

from __future__ import annotations

from isthmus.declare.fields import Property, Required, required, word
from isthmus.linux.base import Object


class Address(Object, kind="address", key=("address", "dev", "netns")):
    """An address with its prefix on a link."""

    address: Required[str] = required("The address and its prefix length: `192.0.2.1/24`.", replaces=True)
    dev: Required[str] = required("The link that it is on.", replaces=True)
    netns: Property[str] = word("Network namespace of the link; by default the host's own.", default="", replaces=True)
    peer: Property[str] = word("Address of the other end of a point-to-point link.", replaces=True)
