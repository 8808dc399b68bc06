"""IP addresses, prefixes and ranges, with the spelling that the router gives each."""

from __future__ import annotations

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
    summarize_address_range,
)
from typing import TYPE_CHECKING, Literal

from isthmus_lab.routeros.command import Trap
from isthmus_lab.routeros.values import refusals

if TYPE_CHECKING:
    from isthmus_lab.routeros.values.kinds import Normalise

Family = Literal[4, 6]
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_BOTH: tuple[Family, ...] = (4, 6)


def address(*families: Family) -> Normalise:
    """One address of the given families (of both when none is given)."""

    def normalise(given: str, argument: str) -> str:
        return str(_address(given, families or _BOTH, argument))

    return normalise


def prefix(*families: Family) -> Normalise:
    """A prefix, always printed with its length; host bits are cleared."""

    def normalise(given: str, argument: str) -> str:
        return str(_network(given, families or _BOTH, argument))

    return normalise


def host_or_prefix(*families: Family) -> Normalise:
    """A prefix, printed as a bare address where it holds only one; host bits are cleared."""

    def normalise(given: str, argument: str) -> str:
        return _shortest(_network(given, families or _BOTH, argument))

    return normalise


def interface_address(family: Family, length: int) -> Normalise:
    """An address with the length of its network, ``length`` where none is given; host bits are kept."""

    def normalise(given: str, argument: str) -> str:
        host, _, bits = given.partition("/")
        found = _address(host, (family,), argument)
        return f"{found}/{_network(f'{host}/{bits or length}', (family,), argument).prefixlen}"

    return normalise


def span(*families: Family) -> Normalise:
    """An address, a prefix, or ``first-last``; a span that is a prefix is printed as one."""

    def normalise(given: str, argument: str) -> str:
        first, dash, last = given.partition("-")
        try:
            if not dash:
                return _shortest(_network(first, families or _BOTH, argument))
            return _range(_address(first, families or _BOTH, argument), _address(last, families or _BOTH, argument))
        except (Trap, ValueError, TypeError):
            raise refusals.no_range() from None

    return normalise


def _range(first: Address, last: Address) -> str:
    networks: list[Network] = list(summarize_address_range(first, last))
    if len(networks) == 1:
        return _shortest(networks[0])
    return f"{first}-{last}"


def _shortest(network: Network) -> str:
    return str(network.network_address) if network.prefixlen == network.max_prefixlen else str(network)


def _address(given: str, families: tuple[Family, ...], argument: str) -> Address:
    try:
        found = ip_address(given)
    except ValueError:
        raise refusals.invalid(argument) from None
    if found.version not in families:
        raise refusals.invalid(argument)
    return found


def _network(given: str, families: tuple[Family, ...], argument: str) -> Network:
    try:
        found = ip_network(given, strict=False)
    except ValueError:
        raise refusals.invalid(argument) from None
    if found.version not in families:
        raise refusals.invalid(argument)
    return found
