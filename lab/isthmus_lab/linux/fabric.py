"""The links of a lab: a namespace with a switch for each, into which the cards of nodes are plugged.

A wire of two ends is a switch too: so a node that goes down takes no card of its neighbour's with it, the lab can
plug a machine of its own into any link, and there is one place to capture from.
"""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from isthmus_lab.errors import LabError
from isthmus_lab.linux import namespaces, programs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.topology import Link

_TRANSPARENT: Final = "type bridge stp_state 0 forward_delay 0 mcast_snooping 0 group_fwd_mask 65528"
"""A switch that passes on all that it may, also frames for the next switch only (IEEE 802.1D, 802.1AB)."""

_ETHERNET: Final = 1500


class Fabric:
    """The switches of a lab."""

    def __init__(self, links: Mapping[str, Link]) -> None:
        self._links = links
        self._ports: dict[tuple[str, str], str] = {}
        self._numbers = itertools.count()

    def make(self) -> None:
        """Make a switch for each link."""
        programs.run(["ip", "netns", "add", namespaces.FABRIC])
        # A switch of the lab says nothing by itself: without this each port would solicit routers.
        namespaces.inside(namespaces.FOLDER / namespaces.FABRIC, _no_ipv6)
        for name, link in self._links.items():
            _ip(namespaces.FABRIC, f"link add name {name} mtu {link.mtu} {_TRANSPARENT}\nlink set dev {name} up")

    def plug(self, link: str, namespace: str, card: str, mac: str, mtu: int | None = None) -> None:
        """Give a namespace a card that is plugged into a link; it is left down, as a card is at boot."""
        self.unplug(namespace, card)
        port, declared = f"p{next(self._numbers)}", self._links[link]
        # Packets that the card would cut up later pass any MTU on the way: where it matters, none are made.
        limit = "" if declared.mtu >= max(mtu or 0, _ETHERNET) else " gso_max_segs 1"
        _ip(
            namespaces.FABRIC,
            f"link add name {port} mtu {declared.mtu} type veth"
            f" peer name {card} netns {namespace} address {mac} mtu {mtu or declared.mtu}{limit}\n"
            f"link set dev {port} alias {namespace}:{card} master {link}\nlink set dev {port} up",
        )
        self._ports[namespace, card] = port
        self._impair(port, declared)

    def unplug(self, namespace: str, card: str) -> None:
        """Take a card away, if there is one."""
        if port := self._ports.pop((namespace, card), None):
            # The kernel may have taken it already, with the namespace of its other end.
            with suppress(LabError):
                programs.run(["ip", "-n", namespaces.FABRIC, "link", "del", port])

    @staticmethod
    def _impair(port: str, link: Link) -> None:
        if link.impaired:
            delay = ["delay", link.delay] if link.delay else []
            loss = ["loss", link.loss] if link.loss else []
            programs.run(["tc", "-n", namespaces.FABRIC, "qdisc", "add", "dev", port, "root", "netem", *delay, *loss])


def _ip(namespace: str, commands: str) -> None:
    programs.run(["ip", "-n", namespace, "-batch", "-"], f"{commands}\n")


def _no_ipv6() -> None:
    with open("/proc/sys/net/ipv6/conf/default/disable_ipv6", "w") as switch:  # noqa: PTH123 - a setting, no file
        switch.write("1")
