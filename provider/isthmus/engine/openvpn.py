"""What does not go together in a configuration of OpenVPN, said before any host is asked (openvpn(8), version 2.6)."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from isthmus.engine import openvpn_tls

Words = Mapping[str, str]
"""Words in canonical spelling, by attribute."""
Problem = tuple[str, str]

SERVER_IPV6: Final = range(64, 125)
"""Prefix lengths that openvpn gives addresses of (helper.c)."""
SERVER_TUN: Final = range(16, 30)
_IPV6: Final = 6
_SCRIPTS: Final = 2
NETMASK: Final = 0xF
"""The first four bits of every netmask that a network of one's own can have."""
OURS: Final = (
    "management",
    "daemon",
    "writepid",
    "log",
    "log-append",
    "syslog",
    "client-config-dir",
    "config",
    "cd",
    "mode",
    "client",
)
"""Directives that the agent writes itself."""
OWN: Final = {"crl-verify": "crl", "lport": "port", "rport": "remote", "tls-server": "tls", "tls-client": "tls"}
"""Words whose directive is called otherwise."""
BLOCKS: Final = frozenset(
    [
        "ca",
        "cert",
        "key",
        "extra_certs",
        "crl",
        "tls_crypt",
        "tls_crypt_v2",
        "tls_auth",
        "peer_fingerprint",
        "secret",
        "auth_user_pass",
    ]
)
"""Words for texts, beside which the path of a file on the host may be given in a line of the user's own."""
OWNED: Final = frozenset(
    [
        "dev",
        "dev_type",
        "proto",
        "port",
        "local",
        "cipher",
        "auth",
        "ifconfig",
        "ifconfig_ipv6",
        "topology",
        "route",
        "route_ipv6",
        "keepalive",
        "tun_mtu",
        "fragment",
        "mssfix",
        "persist_key",
        "persist_tun",
        "user",
        "group",
        "script_security",
        "up",
        "down",
        "disable_dco",
        "verb",
        "key_direction",
        "tls_version_min",
        "remote_cert_tls",
        "verify_x509_name",
        "data_ciphers",
        "data_ciphers_fallback",
        "server",
        "server_ipv6",
        "server_bridge",
        "ifconfig_pool",
        "ifconfig_ipv6_pool",
        "push",
        "ccd_exclusive",
        "client_to_client",
        "duplicate_cn",
        "max_clients",
        "verify_client_cert",
        "remote",
        "remote_random",
        "route_nopull",
        "explicit_exit_notify",
        "nobind",
        "tls",
    ]
)
"""Words for directives: a line of the user's own for one would be read back as the word."""


def server_problems(words: Words) -> Iterator[Problem]:
    """Say what a server cannot be."""
    yield from _common(words)
    yield from _addresses(words)
    yield from openvpn_tls.problems(words, _now(), anybody=words.get("verify_client_cert") in {"none", "optional"})
    if tap(words):
        yield from _tap_clients(words)
    if words.get("duplicate_cn") == "yes" and words.get("clients"):
        yield "duplicate_cn", "clients that share a certificate cannot be told apart: leave it or clients out"


def client_problems(words: Words) -> Iterator[Problem]:
    """Say what a client cannot be."""
    yield from _common(words)
    yield from openvpn_tls.problems(words, _now(), named=bool(words.get("auth_user_pass")), client=True)
    if words.get("explicit_exit_notify") and tcp(words):
        yield "explicit_exit_notify", "TCP tells the end by itself: leave it out"


def peer_problems(words: Words) -> Iterator[Problem]:
    """Say what a peer cannot be."""
    yield from _common(words)
    if words.get("secret"):
        yield from openvpn_tls.static(words)
    else:
        yield from openvpn_tls.problems(words, _now(), client=bool(words.get("remote")))
    if words.get("nobind") == "yes" and (words.get("port") or words.get("local") or not words.get("remote")):
        yield "nobind", "an end that waits, or has a port or local address, binds: leave it out"


def tap(words: Words) -> bool:
    """Tell whether the link carries frames."""
    return (words.get("dev_type") or words.get("dev", "")[:3]) == "tap"


def tcp(words: Words) -> bool:
    """Tell whether the outer packets are TCP's."""
    return words.get("proto", "").startswith("tcp")


def _common(words: Words) -> Iterator[Problem]:
    dev = words.get("dev", "")
    if not dev:
        yield "dev", "it is required: the link's name, such as tun0 or tap0"
    elif not words.get("dev_type") and dev[:3] not in {"tun", "tap"}:
        yield "dev_type", f"it is required, tun or tap, as the name {dev!r} begins with neither"
    if words.get("fragment") and tcp(words):
        yield "fragment", "it works over UDP only: leave it out, or set proto='udp'"
    yield from _scripts(words)
    yield from _family(words)
    yield from _tap_addresses(words)
    yield from _extra(words)


def _scripts(words: Words) -> Iterator[Problem]:
    for name in ("up", "down"):
        if words.get(name) and int(words.get("script_security") or 1) < _SCRIPTS:
            yield name, "openvpn runs programs only with script_security=2: set it"


def _family(words: Words) -> Iterator[Problem]:
    local, proto = words.get("local", ""), words.get("proto", "")
    if local and proto[-1:] in {"4", "6"} and (":" in local) != (proto[-1] == "6"):
        yield "local", f"{local} is of the other family than proto={proto!r}: change one of them"


def _tap_addresses(words: Words) -> Iterator[Problem]:
    parts = words.get("ifconfig", "").split()
    if not parts:
        return
    try:
        own, other = (ipaddress.IPv4Address(part) for part in parts)
    except ValueError:
        yield "ifconfig", f"expected two IPv4 addresses, or one with a netmask, found {' '.join(parts)!r}"
        return
    if tap(words) and int(other) >> 28 != NETMASK:
        yield "ifconfig", f"on tap the second is a netmask such as 255.255.255.0, found {other}"
    elif not tap(words) and words.get("topology") != "subnet" and int(other) >> 28 == NETMASK:
        yield "ifconfig", f"on tun the second is the address of the other end unless topology='subnet', found {other}"
    if own == other:
        yield "ifconfig", "own address and the other end's are the same"


def _addresses(words: Words) -> Iterator[Problem]:
    if words.get("server") and words.get("server_bridge"):
        yield "server_bridge", "server gives out addresses already: keep one of them"
    if words.get("server_bridge") and not tap(words):
        yield "server_bridge", "a bridge takes frames: set dev='tap0', or use server"
    if words.get("server_bridge") and words.get("server_ipv6"):
        yield (
            "server_ipv6",
            "openvpn does not take it with server_bridge: let routers on the bridge advertise addresses",
        )
    if words.get("server_bridge", "dhcp") not in {"", "dhcp", "nogw"} and len(words["server_bridge"].split()) != 4:  # noqa: PLR2004
        yield "server_bridge", "expected `gateway netmask first last`, `dhcp` or `nogw`"
    for name in ("ifconfig", "ifconfig_pool"):
        if words.get(name) and words.get("server"):
            yield name, "server sets it already: leave one of them out"
    yield from _sizes(words)


def _sizes(words: Words) -> Iterator[Problem]:
    bits = _bits(words.get("server", ""))
    if bits is not None and not tap(words) and bits not in SERVER_TUN:
        yield "server", f"openvpn gives out addresses of a /16 to a /29, found /{bits}: choose another network"
    bits = _bits(words.get("server_ipv6", ""))
    if bits is not None and bits not in SERVER_IPV6:
        yield "server_ipv6", f"openvpn gives out addresses of a /64 to a /124, found /{bits}: choose another network"


def _bits(network: str) -> int | None:
    return int(network.partition("/")[2]) if network else None


def _tap_clients(words: Words) -> Iterator[Problem]:
    clients = json.loads(words.get("clients") or "{}")
    for name, given in clients.items():
        for word in ("iroute", "iroute_ipv6"):
            if given.get(word):
                yield "clients", f"{name}: {word}: openvpn learns addresses on tap and has no iroute: use dev='tun0'"
    if words.get("topology"):
        yield "topology", "it says how a tun's addresses are given out: leave it out on tap"


def _extra(words: Words) -> Iterator[Problem]:
    for line in words.get("extra", "").split("\n"):
        name, *arguments = line.split() or [""]
        name = name.removeprefix("--").strip("<>/")
        own = OWN.get(name, name.replace("-", "_"))
        if name in OURS:
            yield "extra", f"{name} is written by Isthmus: leave the line out"
        elif own in OWNED or (own in BLOCKS and not arguments):
            yield "extra", f"{name} has an argument of its own: write it as {own}="


def _now() -> datetime:
    return datetime.now(UTC)
