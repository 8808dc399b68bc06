"""The interfaces of a node, and its routes."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Annotated, Self

from pydantic import Field, model_validator

from isthmus_lab.topology.base import Part
from isthmus_lab.topology.values import Address, Destination, DeviceName, InterfaceAddress, Mac, Mtu

_IPV6 = 6


class Interface(Part):
    """A card of a node, plugged into a link of the same lab (``lo`` into none).

    ``addresses`` are put on it at each boot, usable at once (without duplicate address detection). ``mac`` is by
    default made from the names of node and card, so that it survives a reboot, as a real card's does. ``mtu`` is by
    default the link's.
    """

    addresses: list[InterfaceAddress] = Field(default_factory=list)
    mac: Mac | None = None
    mtu: Mtu | None = None


class Route(Part):
    """A route of the main table, or another, set at each boot."""

    to: Destination
    via: Address | None = None
    dev: DeviceName | None = None
    metric: Annotated[int, Field(ge=0)] | None = None
    table: Annotated[int, Field(ge=1, lt=2**32)] | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.via is None and self.dev is None:
            raise ValueError("a route needs via, dev or both")
        if self.to != "default" and self.via and ip_network(self.to).version != ip_address(self.via).version:
            raise ValueError(f"to: {self.to} and via: {self.via} are of different families")
        return self

    @property
    def family(self) -> int:
        """4 or 6; a default route without a gateway is taken for IPv4."""
        if self.to != "default":
            return ip_network(self.to).version
        return ip_address(self.via).version if self.via else 4

    def words(self) -> list[str]:
        """The words of ``ip route add`` after the family."""
        named = {"via": self.via, "dev": self.dev, "metric": self.metric, "table": self.table}
        direct = ["onlink"] if self.via and self.dev else []
        return [
            self.to,
            *(str(w) for name, value in named.items() if value is not None for w in (name, value)),
            *direct,
        ]
