"""A whole topology, and what its parts must be to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from isthmus_lab.topology.base import Part
from isthmus_lab.topology.link import End, Link
from isthmus_lab.topology.node import LinuxNode, RouterNode
from isthmus_lab.topology.values import DeviceName, Name

Location = tuple[str | int, ...]
AnyNode = Annotated[LinuxNode | RouterNode, Field(discriminator="kind")]


class Topology(Part):
    """A lab as a topology file describes it.

    ``modules`` are the parts of the kernel that its hosts will use beside those of the lab itself, by the names of
    their modules.
    """

    name: Name
    modules: list[str] = Field(default_factory=list)
    nodes: Annotated[dict[Name, AnyNode], Field(min_length=1)]
    links: dict[DeviceName, Link] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        wrong = [_error(where, text) for where, text in _contradictions(self)]
        if wrong:
            raise ValidationError.from_exception_data("Topology", wrong)
        return self

    @property
    def hosts(self) -> dict[str, LinuxNode]:
        """The Linux hosts by name."""
        return {name: node for name, node in self.nodes.items() if isinstance(node, LinuxNode)}

    @property
    def routers(self) -> dict[str, RouterNode]:
        """The emulated routers by name."""
        return {name: node for name, node in self.nodes.items() if isinstance(node, RouterNode)}

    def plugs(self, node: str) -> dict[str, str]:
        """The cards of a node, each with the name of its link."""
        return {end.interface: name for name, link in self.links.items() for end in link.parsed if end.node == node}


def _error(where: Location, text: str) -> InitErrorDetails:
    return InitErrorDetails(type=PydanticCustomError("topology", "{text}", {"text": text}), loc=where, input=None)


def _contradictions(topology: Topology) -> Iterator[tuple[Location, str]]:
    yield from _wrong_ends(topology)
    for name, node in topology.hosts.items():
        plugged = topology.plugs(name)
        yield from _wrong_cards(name, node, plugged)
        yield from _wrong_ssh(name, node, plugged)


def _wrong_ends(topology: Topology) -> Iterator[tuple[Location, str]]:
    taken: dict[End, str] = {}
    for name, link in topology.links.items():
        for position, end in enumerate(link.parsed):
            if text := _wrong_end(topology, end, taken.get(end)):
                yield ("links", name, "ends", position), text
            taken[end] = name


def _wrong_end(topology: Topology, end: End, taken: str | None) -> str:
    if end.node not in topology.nodes:
        return f"there is no node {end.node}; there are {', '.join(topology.nodes)}"
    if end.node in topology.routers:
        return f"{end.node} is an emulated router, which carries no packets yet: remove this end"
    if end.interface == "lo":
        return "lo is plugged into nothing: name a card"
    return f"{end} is plugged into {taken} already" if taken else ""


def _wrong_cards(name: str, node: LinuxNode, plugged: dict[str, str]) -> Iterator[tuple[Location, str]]:
    for card in node.interfaces:
        if card != "lo" and card not in plugged:
            yield ("nodes", name, "interfaces", card), f"no link has the end {name}:{card}: add one, or remove it"


def _wrong_ssh(name: str, node: LinuxNode, plugged: dict[str, str]) -> Iterator[tuple[Location, str]]:
    through, here = node.ssh.through, ("nodes", name, "ssh", "through")
    if through is None:
        return
    if through not in plugged:
        yield here, f"{name} has no card {through} that is plugged into a link"
    elif not node.card(through).addresses and not (node.ssh.source and node.ssh.address):
        yield here, f"{through} has no address of its own here: say ssh.source and ssh.address"
