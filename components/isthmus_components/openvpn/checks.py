"""What makes clients impossible to serve, each as one sentence with its remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ipaddress import IPv6Address, IPv6Interface, IPv6Network, ip_address

from isthmus_components.openvpn.client import Ipv6Client
from isthmus_components.openvpn.overhead import Channel

SMALLEST_MTU = 1280
"""What IPv6 needs of a link (RFC 8200, 5)."""
LARGEST_LINK_MTU = 65535
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_LINK = re.compile(r"[^\s/:%]{1,15}")
_PREFIXES = range(64, 125)
"""Prefix lengths that openvpn takes in `ifconfig-ipv6` (options.c)."""


def client_problems(clients: Sequence[Ipv6Client]) -> Iterator[str]:
    """Say what is wrong with clients, each by itself and their names and addresses together."""
    if not clients:
        yield "there is no client: name one, clients=[Ipv6Client(name=...)]"
    for client in clients:
        yield from _client(client)
    for name, times in Counter(client.name for client in clients).items():
        if times > 1:
            yield f"{times} clients are called {name}: give each its own name"
    hosts = Counter(client.host for client in clients if client.address and not list(_client(client)))
    for address, times in hosts.items():
        if times > 1:
            yield f"{times} clients have the address {address}: give each its own"


def remote_problems(remote: str) -> Iterator[str]:
    """Say why clients cannot reach a server there: they have no IPv6 but for the tunnel."""
    try:
        version = ip_address(remote).version
    except ValueError:
        if not _HOST.fullmatch(remote):
            yield f"remote {remote!r} is neither a name nor an IPv4 address: give one such as vpn.example.com"
        return
    if version != 4:  # noqa: PLR2004 - IPv4
        yield f"remote {remote} is IPv6, which clients have only through the tunnel: give its IPv4 address or name"


def link_problems(**links: str) -> Iterator[str]:
    """Say which names no link can have, and which are given twice."""
    for argument, name in links.items():
        if not _LINK.fullmatch(name) or name in {".", ".."}:
            yield f"{argument} {name!r} is no name of a link: it has 1 to 15 characters, and no blank, /, : or %"
    if len(set(links.values())) < len(links):
        yield f"{', '.join(links)} are {', '.join(links.values())}: give each link its own name"


def channel_problems(channel: Channel, listen: int) -> Iterator[str]:
    """Say why a channel cannot carry IPv6, or cannot be listened on."""
    if not 0 < listen <= 0xFFFF:  # noqa: PLR2004 - the largest port
        yield f"listen {listen} is no port: give 1 to 65535, 1194 if in doubt"
    if channel.proto not in {"udp", "tcp"}:
        yield f"proto {channel.proto!r} is unknown: give udp or tcp"
    elif channel.link > LARGEST_LINK_MTU or channel.mtu < SMALLEST_MTU:
        least = SMALLEST_MTU + channel.link - channel.mtu
        yield f"link_mtu {channel.link} is out of range: IPv6 needs {SMALLEST_MTU} bytes inside, and so {least} outside"


def network_problems(network: str, clients: Sequence[Ipv6Client]) -> Iterator[str]:
    """Say why a network is none, and which clients have an address outside of it."""
    try:
        prefix = IPv6Network(network)
    except ValueError:
        yield f"network {network!r} is no IPv6 network: give one such as 2001:db8:3651:55::/64"
        return
    for client in clients:
        if client.host is not None and client.host not in prefix:
            yield f"the address {client.address} of {client.name} is not in {prefix}: give one that is"


def _client(client: Ipv6Client) -> Iterator[str]:
    if not _NAME.fullmatch(client.name):
        yield f"the client's name {client.name!r} cannot be a file's: use letters, digits and _ . -"
    yield from _address(client)
    if client.router is not None and client.address is None:
        yield f"{client.name} has a router and no address: leave the router out, which advertises itself"
    addresses = [("router", client.router)] if client.router else []
    for what, text in [*addresses, *(("resolver", resolver) for resolver in client.resolvers)]:
        if not _is_address(text, only6=what == "router"):
            yield f"the {what} {text!r} of {client.name} is no address: give one such as 2001:db8::1"


def _address(client: Ipv6Client) -> Iterator[str]:
    if client.address is None:
        return
    try:
        interface = IPv6Interface(client.address)
    except ValueError:
        yield f"the address {client.address!r} of {client.name} is no IPv6 address: give one such as 2001:db8::9/64"
        return
    if "/" not in client.address:
        yield f"the address {client.address} of {client.name} has no prefix length: write {client.address}/64"
    elif interface.network.prefixlen not in _PREFIXES:
        yield f"the address {client.address} of {client.name}: openvpn takes prefix lengths from 64 to 124: give one"
    elif client.router and client.router == str(interface.ip):
        yield f"{client.name} has its own address as router: give the router's"


def _is_address(text: str, *, only6: bool) -> bool:
    try:
        IPv6Address(text) if only6 else ip_address(text)
    except ValueError:
        return False
    return True
