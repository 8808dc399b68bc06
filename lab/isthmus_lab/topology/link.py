"""The links of a lab."""

from __future__ import annotations

from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, Field

from isthmus_lab.topology.base import Part
from isthmus_lab.topology.values import Duration, Mtu, Share, device_name


class End(NamedTuple):
    """The card of a node that a link is plugged into."""

    node: str
    interface: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``NODE:INTERFACE``; raise ValueError for anything else."""
        node, colon, interface = text.partition(":")
        if not (node and colon and interface):
            raise ValueError(f"{text!r} is no end: write NODE:INTERFACE, such as server:eth0")
        device_name(interface)
        return cls(node, interface)

    def __str__(self) -> str:
        return f"{self.node}:{self.interface}"


def _end(text: str) -> str:
    return str(End.parse(text))


class Link(Part):
    """A wire or, with more than two ends, a switch.

    ``mtu`` is the largest packet that it carries. ``delay`` and ``loss`` hold for each direction.
    """

    ends: Annotated[list[Annotated[str, AfterValidator(_end)]], Field(min_length=1)]
    mtu: Mtu = 1500
    delay: Duration | None = None
    loss: Share | None = None

    @property
    def parsed(self) -> list[End]:
        """The ends as node and interface."""
        return [End.parse(end) for end in self.ends]

    @property
    def impaired(self) -> bool:
        """Whether it delays or loses packets."""
        return self.delay is not None or self.loss is not None
