"""A client of a tunnel, as a program names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Interface


@dataclass(frozen=True, kw_only=True)
class Ipv6Client:
    """A computer or phone that gets IPv6 through the tunnel.

    name: what its profile, certificate and address are kept under; letters, digits and `_ . -`.
    address: its address by hand; without one it takes what routers advertise, or what the server gives out.
    router: the next hop for all other addresses where the address is by hand; without one, routers advertise it.
    resolvers: addresses of the DNS servers that it is to ask.
    """

    name: str
    address: str | None = None
    router: str | None = None
    resolvers: Sequence[str] = ()

    @property
    def host(self) -> IPv6Address | None:
        """The address without a prefix length; ValueError if it is none."""
        return IPv6Interface(self.address).ip if self.address else None
