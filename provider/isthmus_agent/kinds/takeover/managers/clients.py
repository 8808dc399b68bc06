"""A DHCP client that no manager started: a script of the host's own did, or a person."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from isthmus_agent.host import Host
from isthmus_agent.kinds.address import Address
from isthmus_agent.kinds.takeover.managers import dhcp
from isthmus_agent.kinds.takeover.managers.manager import Manager, Move, Plan
from isthmus_agent.kinds.takeover.managers.startup import starting


class Client(Manager):
    """dhclient or udhcpc alone.

    There is no file to change: what started it for the port at boot does so again. So at the end of a boot it is
    ended there and started for the bridge.
    """

    name: ClassVar[str] = "dhcp-client"

    def place(self, dev: str) -> str:
        """Return the client that runs for the link."""
        return next((client.program for client in dhcp.running(dev)), "")

    def plan(self, move: Move) -> Plan:
        """Remember how the client was called."""
        return Plan({}, {"commands": [[client.program, *client.arguments] for client in dhcp.running(move.port)]})

    def moved(self, move: Move) -> None:
        """Start the same clients for the bridge, with the leases that they have."""
        self._move(move, move.port, move.bridge)

    def resume(self, move: Move) -> None:
        """End what a boot has started for the port, and go on with the bridge."""
        if not starting():
            self._move(move, move.port, move.bridge)

    def returned(self, move: Move) -> None:
        """Start the clients for the port again."""
        self._move(move, move.bridge, move.port)

    def leased(self, dev: str) -> Collection[str]:
        """Return the addresses of the clients' leases."""
        return leases(self.host, dev)

    @staticmethod
    def _move(move: Move, dev: str, other: str) -> None:
        addresses = move.memory.get("leased") or [""]
        for client in dhcp.running(dev):
            dhcp.stop(client)
        if dhcp.running(other):
            return
        for command in move.memory["commands"]:
            of_dev = dhcp.renamed(command, move.port, dev)
            dhcp.take_leases(of_dev, dev, other)
            dhcp.start(dhcp.renamed(command, move.port, other), other, addresses[0])


def leases(host: Host, dev: str) -> set[str]:
    """Return the addresses that clients leased for a link; of udhcpc, which keeps no file, all of IPv4."""
    found: set[str] = set()
    for client in dhcp.running(dev):
        if client.program == "udhcpc":
            here = (str(props["address"]) for props in Address().list(host, "") if props["dev"] == dev)
            found.update(address.partition("/")[0] for address in here if ":" not in address)
        found.update(dhcp.leased([client.program, *client.arguments], dev))
    return found
