"""What a client is given: one `.ovpn` file with everything in it (openvpn(8))."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv6Address
from typing import Final

from isthmus_components.openvpn.client import Ipv6Client
from isthmus_components.openvpn.overhead import Proto

Directive = Sequence[str]
EVERYWHERE: Final = "2000::/3"
"""All of the IPv6 Internet (RFC 4291, 2.4); a default route that a client has stays beside it untouched."""
_LINK_LOCAL: Final = int(IPv6Address("fe80::"))
_ANY_ROUTER: Final = "fe80::1"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One client's end of the tunnel.

    remote: the server's IPv4 address or name. dev: `tap` or `tun`. words: further directives. inline: keys and
    certificates by OpenVPN's names for them (`secret`, `ca`, `cert`, `key`), as PEM or key text. addressed: whether the
    profile says the client's addresses; else the server does.
    """

    client: Ipv6Client
    remote: str
    port: int = 1194
    proto: Proto = "udp"
    dev: str = "tap"
    words: Sequence[Directive] = ()
    inline: Mapping[str, str] = field(default_factory=dict)
    addressed: bool = True


def ovpn(profile: Profile) -> str:
    """Return the profile as a file that needs no other."""
    addresses = _addresses(profile.client) if profile.addressed else []
    return text([*directives(profile), *addresses, *_resolvers(profile.client)], profile.inline)


def directives(profile: Profile) -> list[Directive]:
    """Return everything but addresses: it is reached by IPv4, as IPv6 is what the tunnel brings."""
    return [
        ["dev", profile.dev],
        ["proto", "tcp4-client" if profile.proto == "tcp" else "udp4"],
        ["remote", profile.remote, str(profile.port)],
        ["nobind"],
        ["resolv-retry", "infinite"],
        ["persist-key"],
        ["persist-tun"],
        *profile.words,
    ]


def text(lines: Sequence[Directive], inline: Mapping[str, str]) -> str:
    """Return a configuration file; what is inline stands at its end."""
    blocks = [f"<{name}>\n{content.strip()}\n</{name}>" for name, content in inline.items()]
    return "\n".join([*(" ".join(line) for line in lines), *blocks]) + "\n"


def link_local(name: str) -> str:
    """Return a link-local address that stays a client's own.

    OpenVPN brings a link up only where it has an address to set; routers then tell the others.
    """
    digest = hashlib.sha256(name.encode()).digest()[:8]
    return str(IPv6Address(_LINK_LOCAL | int.from_bytes(digest, "big") & ~(0x02 << 56)))


def _addresses(client: Ipv6Client) -> list[Directive]:
    if client.address is None:
        return [["ifconfig-ipv6", f"{link_local(client.name)}/64", _ANY_ROUTER]]
    own: Directive = ["ifconfig-ipv6", client.address, client.router or _ANY_ROUTER]
    return [own, ["route-ipv6", EVERYWHERE]] if client.router else [own]


def _resolvers(client: Ipv6Client) -> list[Directive]:
    return [["dhcp-option", "DNS", resolver] for resolver in client.resolvers]
