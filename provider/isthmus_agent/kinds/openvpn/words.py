"""How each property is said in a configuration of OpenVPN, and read back."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from isthmus_agent.kinds.openvpn.lexing import Directive

Arguments = tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """One property. writes: the arguments of each directive that says a value. reads: the value that they say."""

    directive: str
    writes: Callable[[Any], Sequence[Arguments]]
    reads: Callable[[Sequence[Arguments]], Any]

    def said(self, value: Any) -> list[Directive]:
        """Return the directives that say a value."""
        return [(*self.directive.split(), *arguments) for arguments in self.writes(value)]


def flag(directive: str) -> Word:
    """Return a property that is there or not."""
    return Word(directive, lambda value: [()] if value else [], bool)


def text(directive: str) -> Word:
    """Return a property that is one word, whatever is in it."""
    return Word(directive, lambda value: [(str(value),)], lambda said: " ".join(said[-1]))


def number(directive: str) -> Word:
    """Return a property that is a number."""
    return Word(directive, lambda value: [(str(value),)], lambda said: _number(" ".join(said[-1])))


def line(directive: str) -> Word:
    """Return a property that is several words on one line."""
    return Word(directive, lambda value: [tuple(str(value).split())], lambda said: " ".join(said[-1]))


def lines(directive: str) -> Word:
    """Return a property that is any number of lines of several words."""
    return Word(
        directive,
        lambda value: [tuple(str(each).split()) for each in value],
        lambda said: [" ".join(each) for each in said],
    )


def texts(directive: str) -> Word:
    """Return a property that is any number of lines of one word each, with blanks in it."""
    return Word(directive, lambda value: [(each,) for each in value], lambda said: [" ".join(each) for each in said])


def colons(directive: str) -> Word:
    """Return a property that is a list with colons."""
    return Word(directive, lambda value: [(":".join(value),)], lambda said: " ".join(said[-1]).split(":"))


def block(directive: str) -> Word:
    """Return a property that is an inline file."""
    return Word(f"<{directive}>", lambda value: [(value,)], lambda said: said[-1][0])


def block_lines(directive: str) -> Word:
    """Return a property that is an inline file of one value a line."""
    return Word(
        f"<{directive}>",
        lambda value: [("".join(f"{each}\n" for each in value),)],
        lambda said: said[-1][0].split(),
    )


def network(directive: str) -> Word:
    """Return a property that is an IPv4 network, which openvpn writes with a netmask."""
    return Word(directive, lambda value: [_masked(value)], lambda said: _prefixed(said[-1]))


def networks(directive: str) -> Word:
    """Return a property that is any number of IPv4 networks, perhaps with gateway and metric."""
    return Word(
        directive, lambda value: [_masked(each) for each in value], lambda said: [_prefixed(each) for each in said]
    )


def bridge(directive: str) -> Word:
    """Return how a bridge's addresses are given out: without any argument by DHCP."""
    return Word(
        directive,
        lambda value: [() if value == "dhcp" else tuple(value.split())],
        lambda said: " ".join(said[-1]) or "dhcp",
    )


def protocol(part: str) -> Word:
    """Return the protocol, which says with TCP which part this end has: `tcp6-server`."""

    def write(value: str) -> Sequence[Arguments]:
        return [(f"{value}-{part}" if value.startswith("tcp") else value,)]

    def read(said: Sequence[Arguments]) -> str:
        value = " ".join(said[-1])
        return value[: -len(part) - 1] if value.endswith(f"-{part}") else value

    return Word("proto", write, read)


def _number(value: str) -> Any:
    return int(value) if value.isdecimal() else value


def _masked(value: str) -> Arguments:
    first, *rest = value.split()
    found = ipaddress.IPv4Network(first)
    return (str(found.network_address), str(found.netmask), *rest)


def _prefixed(arguments: Arguments) -> str:
    mask = arguments[1:2] or ("255.255.255.255",)
    try:
        return " ".join([str(ipaddress.IPv4Network(f"{arguments[0]}/{mask[0]}")), *arguments[2:]])
    except (ValueError, IndexError):
        return " ".join(arguments)


_COMMON = {
    "dev": text("dev"),
    "dev_type": text("dev-type"),
    "cipher": text("cipher"),
    "auth": text("auth"),
    "ifconfig": line("ifconfig"),
    "ifconfig_ipv6": line("ifconfig-ipv6"),
    "topology": text("topology"),
    "route": networks("route"),
    "route_ipv6": lines("route-ipv6"),
    "keepalive": line("keepalive"),
    "tun_mtu": number("tun-mtu"),
    "fragment": number("fragment"),
    "mssfix": number("mssfix"),
    "persist_key": flag("persist-key"),
    "persist_tun": flag("persist-tun"),
    "user": text("user"),
    "group": text("group"),
    "script_security": number("script-security"),
    "up": text("up"),
    "down": text("down"),
    # An older openvpn that does not know the option passes over it.
    "disable_dco": flag("setenv opt disable-dco"),
    "verb": number("verb"),
    "peer_fingerprint": block_lines("peer-fingerprint"),
    "key_direction": text("key-direction"),
    "tls_version_min": text("tls-version-min"),
    "remote_cert_tls": text("remote-cert-tls"),
    "verify_x509_name": line("verify-x509-name"),
    "data_ciphers": colons("data-ciphers"),
    "data_ciphers_fallback": text("data-ciphers-fallback"),
    "extra_certs": block("extra-certs"),
    "ca": block("ca"),
    "cert": block("cert"),
    "key": block("key"),
    "crl": block("crl-verify"),
    "tls_crypt": block("tls-crypt"),
    "tls_crypt_v2": block("tls-crypt-v2"),
    "tls_auth": block("tls-auth"),
}
SERVER = {
    "proto": protocol("server"),
    "port": number("port"),
    "local": text("local"),
    **_COMMON,
    "server": network("server"),
    "server_ipv6": text("server-ipv6"),
    "server_bridge": bridge("server-bridge"),
    "ifconfig_pool": line("ifconfig-pool"),
    "ifconfig_ipv6_pool": line("ifconfig-ipv6-pool"),
    "push": texts("push"),
    "ccd_exclusive": flag("ccd-exclusive"),
    "client_to_client": flag("client-to-client"),
    "duplicate_cn": flag("duplicate-cn"),
    "max_clients": number("max-clients"),
    "verify_client_cert": text("verify-client-cert"),
}
CLIENT = {
    "proto": protocol("client"),
    "remote": lines("remote"),
    **_COMMON,
    "remote_random": flag("remote-random"),
    "auth_user_pass": block("auth-user-pass"),
    "route_nopull": flag("route-nopull"),
    "explicit_exit_notify": number("explicit-exit-notify"),
}
WAITING = {
    "proto": protocol("server"),
    "port": number("port"),
    "local": text("local"),
    "remote": lines("remote"),
    "nobind": flag("nobind"),
    **_COMMON,
    "secret": block("secret"),
}
CALLING = {**WAITING, "proto": protocol("client")}
"""Words of a peer: of one that waits for the other, and of one that calls it."""
FILE = {
    "ifconfig_push": line("ifconfig-push"),
    "ifconfig_ipv6_push": line("ifconfig-ipv6-push"),
    "iroute": networks("iroute"),
    "iroute_ipv6": lines("iroute-ipv6"),
    "push": texts("push"),
    "push_reset": flag("push-reset"),
    "disable": flag("disable"),
}
"""Words of one client's file."""
SECRETS = ("key", "tls_crypt", "tls_crypt_v2", "tls_auth", "auth_user_pass", "secret")
"""Words that a refresh does not show."""
FLAGS = frozenset(name for words in (SERVER, CLIENT, WAITING) for name, word in words.items() if word.reads is bool)
