"""What makes a tunnel impossible or unsafe, each as one sentence with its remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from ipaddress import ip_address, ip_interface, ip_network
from itertools import combinations, product

from isthmus_components.site import Network, Site
from isthmus_components.site_to_site_ipsec.release import release
from isthmus_components.site_to_site_ipsec.selectors import Selector, selectors

SHORTEST_SECRET = 16
SMALLEST_LINK_MTU = 1280
LARGEST_LINK_MTU = 65535


def site_problems(left: Site, right: Site) -> list[str]:
    """Return what is wrong with two sites; how they fit together is told once each is right by itself."""
    return [*_alone(left), *_alone(right)] or list(_together(left, right))


def secret_problem(secret: str) -> str | None:
    """Return what is wrong with a pre-shared secret, without telling any of it."""
    if len(secret) >= SHORTEST_SECRET:
        return None
    found = f"the secret has {len(secret)} characters, and fewer than {SHORTEST_SECRET} can be guessed"
    return f"{found}: give a longer one, or none to have it generated"


def rotation_problems(*, given: bool, rotated: bool) -> list[str]:
    """Return what is wrong where both a secret and its rotation are given."""
    if not given or not rotated:
        return []
    return ["rotation changes a generated secret, and one is given: leave out one of them"]


def _alone(site: Site) -> list[str]:
    found = [*_unnamed(site), *_bad_address(site), *_bad_networks(site), *_bad_link(site), *_bad_version(site)]
    return found or [*_overlaps_within(site), *_bad_lan(site)]


def _unnamed(site: Site) -> Iterator[str]:
    if not str(site):
        yield "a site's device has no name: give the device a `name`, or the site"


def _bad_address(site: Site) -> Iterator[str]:
    try:
        ip_address(site.address)
    except ValueError:
        yield f"the public address {site.address!r} of {site} is no IP address: give one such as 165.95.23.2"


def _bad_networks(site: Site) -> Iterator[str]:
    if isinstance(site.networks, str):
        yield f"the networks of {site} are a text: give a list, networks=[{site.networks!r}]"
        return
    if not site.networks:
        yield f"{site} has no networks: name those that the tunnel joins"
    for text in site.networks:
        yield from _bad_network(site, text)


def _bad_network(site: Site, text: str) -> Iterator[str]:
    with suppress(ValueError):
        ip_network(text)
        return
    with suppress(ValueError):
        yield f"the network {text} of {site} is an address: write its network, {ip_interface(text).network}"
        return
    yield f"the network {text!r} of {site} is none: write it as a prefix, such as 192.168.90.0/24"


def _bad_link(site: Site) -> Iterator[str]:
    if not SMALLEST_LINK_MTU <= site.link_mtu <= LARGEST_LINK_MTU:
        bounds = f"{SMALLEST_LINK_MTU} to {LARGEST_LINK_MTU}"
        yield f"the link_mtu {site.link_mtu} of {site} is out of range: give {bounds} bytes, 1500 if in doubt"


def _bad_version(site: Site) -> Iterator[str]:
    try:
        release(site.routeros or "7.16")
    except ValueError as error:
        yield f"the routeros of {site} is wrong: {error}: give one such as 7.16, or none to take the lock file's"


def _overlaps_within(site: Site) -> Iterator[str]:
    for one, other in _overlapping(combinations(site.prefixes, 2)):
        yield f"the networks {one} and {other} of {site} overlap: keep one of them"


def _bad_lan(site: Site) -> Iterator[str]:
    if site.lan_address is None:
        return
    try:
        address = ip_address(site.lan_address)
    except ValueError:
        yield f"the LAN address {site.lan_address!r} of {site} is no IP address: give one such as 192.168.90.1"
        return
    if not any(address in network for network in site.prefixes):
        networks = ", ".join(site.networks)
        yield f"the LAN address {address} of {site} is in none of its networks ({networks}): give one that is"


def _together(left: Site, right: Site) -> Iterator[str]:
    if left.device == right.device:
        yield f"both sites are on {left}: a tunnel joins two devices"
    elif str(left) == str(right):
        yield f"both sites are called {left}: give each its own name"
    if left.public == right.public:
        yield f"{left} and {right} have the same public address {left.public}: give each its own"
    if left.public.version != right.public.version:
        found = f"{left} has the public address {left.public} and {right} {right.public}"
        yield f"{found}: give two of one IP version"
    for one, other in _overlapping(product(left.prefixes, right.prefixes)):
        yield f"the network {one} of {left} overlaps {other} of {right}: renumber one of them"
    yield from _apart(left, right, selectors(left, right))


def _apart(left: Site, right: Site, pairs: Sequence[Selector]) -> Iterator[str]:
    if not pairs:
        yield f"no network of {left} has the IP version of one of {right}: name a pair of one version"
        return
    one, other = left.lan_in(pairs[0].src), right.lan_in(pairs[0].dst)
    if one.version != other.version:
        yield f"{left} has the LAN address {one} and {right} {other}: give two of one IP version"


def _overlapping(pairs: Iterable[Sequence[Network]]) -> Iterator[tuple[Network, Network]]:
    return ((one, other) for one, other in pairs if one.version == other.version and one.overlaps(other))
