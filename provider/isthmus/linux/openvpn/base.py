"""What OpenVPN servers, clients and peers have in common (openvpn(8))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pulumi

from isthmus.declare.fields import Property, word
from isthmus.declare.values import Address, number
from isthmus.linux.base import Object
from isthmus.linux.file import Name as User
from isthmus.linux.file import Path
from isthmus.linux.openvpn.values import Block, Colons, Directives, Fingerprint, Line, Lines, Name, Pair, RouteLine

if TYPE_CHECKING:
    Texts = str | Sequence[pulumi.Input[str]]
else:
    # Pulumi's Input names a class that is not known where annotations are read.
    Texts = str | Sequence[str]
CERTIFICATE, STATIC = "-----BEGIN CERTIFICATE-----", "-----BEGIN OpenVPN Static key V1-----"


class OpenVpn(Object):
    """What all ends of OpenVPN tunnels have in common.

    One file holds the configuration with its keys, for root only. systemd's own units run it where systemd runs, else
    the agent does. A configuration that openvpn refuses, or does not start with, never takes the place of the old one.
    """

    name: Property[Annotated[str, Name()]] = word(
        "Name of the configuration file, and of its unit; by default the resource's.", replaces=True
    )
    dev: Property[str] = word(
        "The link: `tun0` or `tap0`. One that is there already (`linux.Tap`) is used and left.", default=""
    )
    dev_type: Property[Literal["tun", "tap"]] = word(
        "Whether it carries packets or frames, where its name does not begin with either.", default=""
    )
    proto: Property[Literal["udp", "udp4", "udp6", "tcp", "tcp4", "tcp6"]] = word(
        "Protocol of the outer packets; with a digit only over that family.", default=""
    )
    extra_certs: Property[Annotated[str, Block(CERTIFICATE)]] = word(
        "Certificates between own and CA, PEM.", default=""
    )
    cipher: Property[str] = word("Cipher of old peers, and of a static key: `AES-256-CBC`.", default="")
    auth: Property[str] = word("Digest of packets, where the cipher has none: `SHA256`.", default="")
    ifconfig: Property[Annotated[str, Line()]] = word(
        "Addresses of the link: `own other` on tun, `own netmask` on tap or in a subnet.", default=""
    )
    ifconfig_ipv6: Property[Annotated[str, Line()]] = word(
        "IPv6 addresses of the link: `own/prefix other`.", default=""
    )
    topology: Property[Literal["subnet", "net30", "p2p"]] = word("How a tun's addresses are given out.", default="")
    route: Property[Annotated[Texts, Lines(RouteLine(4))]] = word(
        "IPv4 networks behind the tunnel: `192.0.2.0/24`, perhaps with gateway and metric.", default=""
    )
    route_ipv6: Property[Annotated[Texts, Lines(RouteLine(6))]] = word(
        "IPv6 networks behind the tunnel: `2001:db8:1::/48`, perhaps with gateway and metric.", default=""
    )
    keepalive: Property[Annotated[str | Sequence[int], Pair()]] = word(
        "Seconds between pings, and without any until the tunnel begins anew: `10 60`.", default=""
    )
    tun_mtu: Property[Annotated[int, number(576, 65535)]] = word("MTU of the link.", default="")
    fragment: Property[Annotated[int, number(68, 65535)]] = word(
        "Largest outer packet that is not split by openvpn itself; both ends need it, and UDP.", default=""
    )
    mssfix: Property[Annotated[int, number(0, 65535)]] = word(
        "Largest packet that TCP connections in the tunnel are kept to; 0 for none.", default=""
    )
    persist_key: Property[bool] = word("Whether keys are kept at a restart of the tunnel.", default="no")
    persist_tun: Property[bool] = word("Whether the link is kept at a restart of the tunnel.", default="no")
    user: Property[Annotated[str, User()]] = word("User that the daemon becomes.", default="")
    group: Property[Annotated[str, User()]] = word("Group that the daemon becomes.", default="")
    script_security: Property[Annotated[int, number(0, 3)]] = word("2 lets it run `up` and `down`.", default="")
    up: Property[Annotated[str, Path()]] = word("Program that runs when the link is there (`linux.File`).", default="")
    down: Property[Annotated[str, Path()]] = word("Program that runs when the link goes.", default="")
    disable_dco: Property[bool] = word(
        "Whether packets are kept out of the kernel's own OpenVPN, as iroutes of 0.0.0.0/0 need.", default="no"
    )
    verb: Property[Annotated[int, number(0, 11)]] = word("How much is logged; from 5 on, packets.", default="")
    extra: Property[Annotated[Texts, Directives()]] = word(
        "Further lines of the configuration as they are; openvpn itself checks them.", default=""
    )
    running: Property[bool] = word(
        "Whether it runs. A client that is not connected for two minutes does not.", default="yes"
    )
    enabled: Property[bool] = word("Whether systemd starts it at boot.", default="yes")

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return super()._inputs(name, opts, {"name": name, "running": True, "enabled": True, **arguments})


class Tls(OpenVpn):
    """What the ends of tunnels with certificates have in common."""

    ca: Property[Annotated[str, Block(CERTIFICATE)]] = word(
        "Certificates of the authorities whose peers are let in, PEM.", default=""
    )
    cert: Property[Annotated[str, Block(CERTIFICATE)]] = word("Own certificate, PEM; refused when expired.", default="")
    key: Property[Annotated[str, Block("PRIVATE KEY-----")]] = word("Its private key, PEM.", default="", secret=True)
    peer_fingerprint: Property[Annotated[Texts, Lines(Fingerprint())]] = word(
        "SHA-256 fingerprints of the peers' certificates; without `ca` they may be signed by themselves.", default=""
    )
    crl: Property[Annotated[str, Block("-----BEGIN X509 CRL-----")]] = word(
        "Certificates called back, PEM.", default=""
    )
    tls_crypt: Property[Annotated[str, Block(STATIC)]] = word(
        "Key that hides the handshake, shared by all (`OpenVpnStaticKey`).", default="", secret=True
    )
    tls_crypt_v2: Property[Annotated[str, Block("-----BEGIN OpenVPN tls-crypt-v2")]] = word(
        "Key that hides the handshake, one for each client.", default="", secret=True
    )
    tls_auth: Property[Annotated[str, Block(STATIC)]] = word(
        "Key that signs the handshake, shared by all.", default="", secret=True
    )
    key_direction: Property[Literal["0", "1"]] = word(
        "Which half of `tls_auth` is used; the other end's other.", default=""
    )
    tls_version_min: Property[Literal["1.0", "1.1", "1.2", "1.3"]] = word("Oldest TLS that is spoken.", default="")
    remote_cert_tls: Property[Literal["server", "client", "off"]] = word(
        "What the peer's certificate must be for; a client with `ca` demands a server's, unless it is off.", default=""
    )
    verify_x509_name: Property[Annotated[str, Line()]] = word(
        "Common name that the peer must have: `vpn.example.com name`.", default=""
    )
    data_ciphers: Property[Annotated[Texts, Colons()]] = word("Ciphers to agree on, best first.", default="")
    data_ciphers_fallback: Property[str] = word("Cipher of peers that cannot agree on one.", default="")


class Bound(Tls):
    """What the ends that others can call have in common; systemd's unit for clients gives these any own port."""

    port: Property[Annotated[int, number(1, 65535)]] = word(
        "Own port of the outer packets; 1194 by default.", default=""
    )
    local: Property[Address] = word("Own address of the outer packets; by default any.", default="")
