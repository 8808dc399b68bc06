"""Pairs of virtual Ethernet links (veth(4))."""

from __future__ import annotations

from typing import Any, ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links import common
from isthmus_agent.kinds.links.data import told
from isthmus_agent.kinds.links.link import Link
from isthmus_agent.kinds.links.netlink import Others, index_of, message_of

PEER = {"peer_mtu": "mtu", "peer_address": "address", "peer_up": "up"}
"""The other end's properties, and what they are called where it is."""


class Veth(Link):
    """A pair of links, known by one end; the other end may be in another namespace."""

    remembered: ClassVar[tuple[str, ...]] = ("address", "peer_address")

    def __init__(self) -> None:
        super().__init__("veth")
        self.fixed |= {"peer"}

    def shown(self, host: Host, message: Any, netns: str, others: Others) -> Props:
        """Return the properties of both ends."""
        place = others.name(message)
        name = others.link(message.get("link"), place)
        found = message_of(host.route(place), name) if name and not name.startswith("#") else None
        there = common.shown(found, place, others) if found is not None else {}
        peer = {word: there.get(common_word, "") for word, common_word in PEER.items()}
        return {**super().shown(host, message, netns, others), "peer": name, "peer_netns": place, **peer}

    def data(self, route: Any, values: Props, *, new: bool) -> dict[str, Any]:
        """Return the other end's name."""
        return {**super().data(route, values, new=new), **({"peer": {"ifname": values["peer"]}} if new else {})}

    def settle(self, host: Host, wanted: Props) -> None:
        """Put the other end where it is to be, and set its properties."""
        here = wanted.get("netns") or ""
        there = _place(wanted)
        if there != here:
            self.move(host, here, there, wanted["peer"])
        self._say_peer(host, there, wanted["peer"], {"peer_up": True, **wanted})

    def change_data(self, host: Host, netns: str, actual: Props, different: Props) -> None:  # noqa: ARG002 - of one end
        """Change the other end, moving it first if it is to be elsewhere."""
        here, there = actual["peer_netns"], different.get("peer_netns", actual["peer_netns"]) or ""
        if actual["peer"].startswith("#") or here.startswith("#"):
            raise Refused("the other end is in a namespace without a name: name it (ip netns attach)", "peer_netns")
        if there != here:
            self.move(host, here, there, actual["peer"])
            different = {"peer_up": actual["peer_up"], **different}
        self._say_peer(host, there, actual["peer"], different)

    @staticmethod
    def _say_peer(host: Host, netns: str, name: str, values: Props) -> None:
        route = host.route(netns)
        given = {common_word: values[word] for word, common_word in PEER.items() if told(values.get(word))}
        if given:
            route.link("set", index=index_of(route, name), **common.settings(route, given))


def _place(wanted: Props) -> str:
    found = wanted.get("peer_netns")
    return str((wanted.get("netns") if found is None else found) or "")
