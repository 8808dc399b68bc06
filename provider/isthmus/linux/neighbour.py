"""Answers to neighbours in the name of others (ip-neighbour(8))."""

from __future__ import annotations

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import Address
from isthmus.linux.base import Object


class NeighbourProxy(Object, kind="neighbour-proxy", key=("address", "dev", "netns")):
    """An address for which the host answers on a link, though another host has it: by NDP, or by ARP.

    For a provider that takes a whole network to be on the link. IPv6 needs `net.ipv6.conf.LINK.proxy_ndp` as well
    (`linux.Sysctl`), and a route to the address.
    """

    address: Required[Address] = required("The address that is answered for: `2001:db8::9`.", replaces=True)
    dev: Required[str] = required("The link on which its neighbours ask.", replaces=True, refers=True)
    netns: Property[str] = word("Network namespace of the link; by default the host's own.", default="", replaces=True)
