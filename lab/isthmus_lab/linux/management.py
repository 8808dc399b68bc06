"""The machine of the lab's from which a host is reached over one of its own cards."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_interface
from typing import TYPE_CHECKING, Final, NamedTuple

from isthmus_lab.errors import LabError
from isthmus_lab.linux import namespaces, programs, wiring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus_lab.linux.fabric import Fabric
    from isthmus_lab.topology import LinuxNode, Topology
    from isthmus_lab.topology.values import IpInterface

SSH_PORT: Final = 22
_CARD: Final = "lab0"
_LOOPBACK: Final = "127.0.0.1"
_SMALLEST: Final = 2
"""Host bits that a network needs to have an address to spare."""


class Way(NamedTuple):
    """From which network namespace a host's sshd is reached, and at which address."""

    namespace: Path
    address: str
    port: int = SSH_PORT


def way(name: str, node: LinuxNode) -> Way:
    """Say how a node is reached."""
    if node.ssh.through is None:
        return Way(namespaces.FOLDER / name, _LOOPBACK)
    address = node.ssh.address or str(ip_interface(node.interfaces[node.ssh.through].addresses[0]).ip)
    return Way(namespaces.FOLDER / namespaces.of_management(name), address)


def make(fabric: Fabric, name: str, topology: Topology) -> None:
    """Plug the machine in from which a node is reached, if it is reached over a card."""
    node = topology.hosts[name]
    if (through := node.ssh.through) is None:
        return
    here, link = namespaces.of_management(name), topology.plugs(name)[through]
    wiring.make_namespace(here)
    fabric.plug(link, here, _CARD, wiring.made_mac(here, _CARD))
    source = node.ssh.source or free_address(name, link, topology)
    flags = " nodad" if ":" in source else ""
    programs.run(
        ["ip", "-n", here, "-batch", "-"],
        f"address add {source} dev {_CARD}{flags}\nlink set dev {_CARD} up\n",
        doing=here,
    )


def free_address(name: str, link: str, topology: Topology) -> str:
    """Choose the last address of the node's network on the link that the topology gives to nobody."""
    through = topology.hosts[name].ssh.through or ""
    card = ip_interface(topology.hosts[name].interfaces[through].addresses[0])
    if card.max_prefixlen - card.network.prefixlen < _SMALLEST:
        raise LabError(f"{name}: ssh.through: {card} leaves no address for the lab: say ssh.source")
    taken = set(_addresses(link, topology))
    candidates = (card.network[-number] for number in range(2, card.network.num_addresses))
    free = next((address for address in candidates if address not in taken), None)
    if free is None:
        raise LabError(f"{name}: ssh.through: {card.network} has no free address left for the lab: say ssh.source")
    return f"{free}/{card.network.prefixlen}"


def _addresses(link: str, topology: Topology) -> Iterator[IPv4Address | IPv6Address]:
    for end in topology.links[link].parsed:
        for text in topology.hosts[end.node].card(end.interface).addresses:
            address: IpInterface = ip_interface(text)
            yield address.ip
