"""Links, by kind as `ip link add type` names them (ip-link(8))."""

from __future__ import annotations

from typing import Annotated

import pulumi

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import Address4, number
from isthmus.linux.base import Object


class Link(Object):
    """What links of all kinds have in common."""

    name: Property[str] = word("Name of the link, at most 15 characters; by default the resource's.", replaces=True)
    netns: Property[str] = word("Network namespace that the link is in; by default the host's own.", default="")
    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.", cuts=True)
    up: Property[bool] = word("Whether the link is up.", default="yes", cuts=True)

    def _inputs(
        self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, object]
    ) -> dict[str, object]:
        return super()._inputs(name, opts, {"name": name, "up": True, **arguments})


class Dummy(Link, kind="link/dummy", key=("name",)):
    """A link that leads nowhere, for addresses that belong to the host itself."""


class Bridge(Link, kind="link/bridge", key=("name",)):
    """A switch of the kernel's."""

    stp: Property[bool] = word("Whether it speaks the spanning tree protocol.", default="no")
    vlan_filtering: Property[bool] = word("Whether it looks at VLAN tags.", default="no")


class Gre(Link, kind="link/gre", key=("name",)):
    """A GRE tunnel over IPv4 (RFC 2784, RFC 2890)."""

    local: Required[Address4] = required("Address of this end.")
    remote: Required[Address4] = required("Address of the other end.")
    ttl: Property[Annotated[int, number(0, 255)]] = word("Time to live of outer packets; 0 takes the inner one's.")
