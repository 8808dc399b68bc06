"""A site: a router, where it is reached from outside, and the networks behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from functools import wraps
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, TypeVar

import pulumi

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


T = TypeVar("T")


def _in_one_line(cls: type[T]) -> type[T]:
    """Let wrong arguments end the program with one line instead of Python's traceback."""
    known = {field.name: field.default is MISSING for field in fields(cls)}  # type: ignore[arg-type]
    made = cls.__init__

    @wraps(made)
    def checked(self: T, *positional: Any, **given: Any) -> None:
        if wrong := _wrong(known, positional, given):
            raise pulumi.RunError(f"{cls.__name__}: {wrong}")
        made(self, **given)

    setattr(cls, "__init__", checked)  # noqa: B010 - a plain assignment is refused by the type checker
    return cls


def _wrong(known: Mapping[str, bool], positional: Sequence[Any], given: Mapping[str, Any]) -> str:
    """Say in a few words what is wrong with arguments; `known` tells which there are, and whether each is required."""
    if positional:
        return f"give every argument by name, such as device={positional[0]!r}"
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, 1)
            return f"no argument {name!r}; " + (f"did you mean {near[0]!r}?" if near else f"it has {', '.join(known)}")
    absent = [name for name, required in known.items() if required and name not in given]
    return f"{', '.join(absent)} is required" if absent else ""


@_in_one_line
@dataclass(frozen=True, kw_only=True)
class Site:
    """One end of a tunnel.

    device: a router's name in the devices file, or an inline object with the same keys and a `name`.
    address: the router's public address, IPv4 or IPv6.
    networks: the networks behind it that the tunnel joins, each as a prefix such as `192.168.90.0/24`.
    lan_address: the router's own address in one of the networks, where keep-alive packets come from and go to; by
    default the first usable address of the first network that is joined.
    link_mtu: the largest packet in bytes that the site's uplink carries; 1492 with PPPoE.
    routeros: the router's version, such as `7.16`; by default the one in the lock file.
    name: what resources and comments call the site; by default the device's name.
    """

    device: str | Mapping[str, Any]
    address: str
    networks: Sequence[str]
    lan_address: str | None = None
    link_mtu: int = 1500
    routeros: str | None = None
    name: str = ""

    def __str__(self) -> str:
        return self.name or (self.device if isinstance(self.device, str) else str(self.device.get("name", "")))

    @property
    def title(self) -> str:
        """The site's name as comments have it: `Boise` for the device `boise`."""
        return str(self)[:1].upper() + str(self)[1:]

    @property
    def public(self) -> Address:
        """The public address; ValueError if it is none."""
        return ip_address(self.address)

    @property
    def prefixes(self) -> list[Network]:
        """The networks; ValueError if one is none."""
        return [ip_network(network) for network in self.networks]

    def lan_in(self, network: Network) -> Address:
        """The router's own address inside: the given one, or the first usable one of a network."""
        return ip_address(self.lan_address) if self.lan_address else _first_usable(network)


def _first_usable(network: Network) -> Address:
    hosts: Iterator[Address] = iter(network.hosts())
    return next(hosts)
