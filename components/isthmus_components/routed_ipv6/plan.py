"""What a program asks for, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network
from typing import Any, Final, Literal

from isthmus_components.openvpn.client import Ipv6Client
from isthmus_components.openvpn.overhead import Channel

Uplink = Literal["router", "ndp-proxy"]
_WIDE: Final = 112
_POOL: Final = 0x1000


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The arguments of the component, checked or to be."""

    name: str
    device: str | Mapping[str, Any]
    port: str
    remote: str
    network: str
    clients: Sequence[Ipv6Client]
    uplink: Uplink
    tun: str
    listen: int
    channel: Channel
    advertised: bool
    install: bool

    @property
    def prefix(self) -> IPv6Network:
        """The network; ValueError if it is none."""
        return IPv6Network(self.network)

    @property
    def server(self) -> IPv6Address:
        """The server's own address in it, which openvpn takes: the first."""
        return self.prefix[1]

    @property
    def pool(self) -> IPv6Address:
        """The first address that openvpn gives to a client by itself (helper.c)."""
        return self.prefix[_POOL] if self.prefix.prefixlen < _WIDE else self.prefix[2]
