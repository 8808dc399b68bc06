"""The keys and certificates of a tunnel, and what both ends say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pulumi

from isthmus import Certificate, CertificateAuthority, OpenVpnStaticKey
from isthmus_components.openvpn.profile import Directive

Mode = Literal["peer-fingerprint", "static-key", "server"]
STATIC_CIPHER, STATIC_AUTH = "AES-256-CBC", "SHA256"
_INSECURE = "allow-deprecated-insecure-static-crypto"
PINNED_DAYS = 7300
"""How long certificates hold that are known by their fingerprints: 20 years."""
KEEPALIVE = ("keepalive", "10", "60")


@dataclass(frozen=True, kw_only=True)
class ClientEnd:
    """What a profile says of keys: directives, and the texts that stand inline."""

    words: Sequence[Directive]
    inline: Mapping[str, pulumi.Output[str]]


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What both ends have: the server as arguments of its resource, each client by name."""

    server: Mapping[str, Any]
    clients: Mapping[str, ClientEnd]


def shared(parent: pulumi.Resource, name: str, client: str) -> Keys:
    """Return a static key, as in the days before 2.6: no certificates, and no forward secrecy."""
    key = OpenVpnStaticKey(f"{name}-key", opts=pulumi.ResourceOptions(parent=parent)).key
    words = [
        ["cipher", STATIC_CIPHER],
        ["auth", STATIC_AUTH],
        ["ignore-unknown-option", _INSECURE],
        [_INSECURE],
        KEEPALIVE,
    ]
    server = {"secret": key, "cipher": STATIC_CIPHER, "auth": STATIC_AUTH}
    return Keys(server=server, clients={client: ClientEnd(words=words, inline={"secret": key})})


def fingerprints(parent: pulumi.Resource, name: str, client: str) -> Keys:
    """Return two certificates, each signed by itself, by whose fingerprints the ends know each other.

    A renewed one has another fingerprint, and whoever has a profile knows the old one: these hold for long.
    """
    opts = pulumi.ResourceOptions(parent=parent)
    ours = Certificate(f"{name}-server", usage="server", days=PINNED_DAYS, opts=opts)
    theirs = Certificate(f"{name}-{client}", usage="client", days=PINNED_DAYS, opts=opts)
    crypt = OpenVpnStaticKey(f"{name}-tls-crypt", opts=opts).key
    server = {
        "cert": ours.certificate,
        "key": ours.private_key,
        "peer_fingerprint": [theirs.fingerprint],
        "tls_crypt": crypt,
    }
    inline = {
        "cert": theirs.certificate,
        "key": theirs.private_key,
        "peer-fingerprint": ours.fingerprint,
        "tls-crypt": crypt,
    }
    return Keys(server=server, clients={client: ClientEnd(words=[["tls-client"], KEEPALIVE], inline=inline)})


def authority(parent: pulumi.Resource, name: str, clients: Sequence[str]) -> Keys:
    """Return an authority of the tunnel's own, and certificates that it signs for the server and for each client."""
    opts = pulumi.ResourceOptions(parent=parent)
    ca = CertificateAuthority(f"{name}-ca", opts=opts)
    crypt = OpenVpnStaticKey(f"{name}-tls-crypt", opts=opts).key
    ours = Certificate(f"{name}-server", usage="server", ca=ca, opts=opts)
    common = {"ca": ca.certificate, "tls-crypt": crypt}
    made = {
        client: Certificate(f"{name}-{client}", usage="client", ca=ca, common_name=client, opts=opts)
        for client in clients
    }
    ends = {
        client: ClientEnd(
            words=[["client"], ["remote-cert-tls", "server"]],
            inline={**common, "cert": certificate.certificate, "key": certificate.private_key},
        )
        for client, certificate in made.items()
    }
    server = {"ca": ca.certificate, "cert": ours.certificate, "key": ours.private_key, "tls_crypt": crypt}
    return Keys(server={**server, "remote_cert_tls": "client"}, clients=ends)
