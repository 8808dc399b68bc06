"""A bridge that takes over the port by which the host is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import pulumi

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import Mac, number
from isthmus.linux.base import Object


class BridgeTakeover(Object, kind="takeover", key=("name",), cuts=True, listed=False):
    """A bridge with a port that had addresses and routes of its own: all of it moves up in one go.

    The host is never cut off: its undo is armed first, a new login must prove that the host is still reached, and
    only then does the change stand. The bridge has the port's MAC address from the start, forwards at once, and takes
    router advertisements where the port took them, with `accept_ra=2` on a host that forwards (ip-sysctl). On destroy
    the port gets everything back. Source: ip-link(8), bridge(8), and the seed on IPv6 by bridging.
    """

    name: Property[str] = word("Name of the bridge, at most 15 characters; by default the resource's.", replaces=True)
    port: Required[str] = required("The link that is taken over: `eth0`.", replaces=True)
    netns: Property[str] = word("Network namespace of both; by default the host's own.", default="", replaces=True)
    mtu: Property[Annotated[int, number(68, 65535)]] = word(
        "Largest packet in bytes; by default the port's.", cuts=True
    )
    stp: Property[bool] = word("Whether the bridge speaks the spanning tree protocol.", default="no", cuts=True)
    forward_delay: Property[Annotated[int, number(0, 30)]] = word(
        "Seconds until a new port forwards; the kernel takes 2 to 30 with stp, and 0 only without.",
        default="0",
        cuts=True,
    )
    address: Property[Mac] = word("MAC address of the bridge: the port's, pinned.", replaces=True)
    manager: Property[str] = word("Who configures it at boot: ifupdown, networkd, NetworkManager, dhclient, or nobody.")
    addresses: Property[list[str]] = word("Addresses that moved to the bridge and were set by hand or by a file.")
    routes: Property[list[str]] = word("Routes that moved along, as `ip route` writes them.")

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return super()._inputs(name, opts, {"name": name, **arguments})
