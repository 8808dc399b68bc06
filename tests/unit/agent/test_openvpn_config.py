"""A configuration of OpenVPN says what it is to say, and is read back as it was meant."""

from __future__ import annotations

from typing import Any

import pytest

from isthmus_agent.errors import Refused
from isthmus_agent.kinds.openvpn import client_files, program, running
from isthmus_agent.kinds.openvpn.config import parse, render, same, without_secrets
from isthmus_agent.kinds.openvpn.lexing import directives, tokens, written

PLACES = {"socket": "/run/openvpn-server/hub.sock", "clients": "/etc/openvpn/server/hub.ccd"}
EVERYTHING: dict[str, Any] = {
    "dev": "vpn", "dev_type": "tun", "proto": "tcp6", "port": 443, "local": "2001:db8::1", "cipher": "AES-256-CBC",
    "auth": "SHA256", "ifconfig": "10.8.0.1 10.8.0.2", "ifconfig_ipv6": "2001:db8::1/64 2001:db8::2",
    "topology": "net30", "route": ["192.0.2.0/24", "198.51.100.7/32 vpn_gateway 5"],
    "route_ipv6": ["2001:db8:1::/48 :: 3"], "keepalive": "10 60", "tun_mtu": 1400, "fragment": 1300, "mssfix": 0,
    "persist_key": True, "persist_tun": True, "user": "nobody", "group": "nogroup", "script_security": 2,
    "up": "/etc/with blank/up.sh", "down": "/etc/down.sh", "disable_dco": True, "verb": 3,
    "peer_fingerprint": ["AA:BB", "CC:DD"], "key_direction": "0", "tls_version_min": "1.2",
    "remote_cert_tls": "client", "verify_x509_name": "vpn name", "data_ciphers": ["AES-256-GCM", "AES-128-GCM"],
    "data_ciphers_fallback": "AES-256-CBC", "extra_certs": "PEM 1\n", "ca": "PEM 2\n", "cert": "PEM 3\n",
    "key": "PEM 4\n", "crl": "PEM 5\n", "tls_crypt": "KEY 1\n", "tls_crypt_v2": "KEY 2\n", "tls_auth": "KEY 3\n",
}  # fmt: skip
SERVER = {
    **EVERYTHING,
    "server": "10.8.0.0/24", "server_ipv6": "2001:db8:8::/64", "server_bridge": "dhcp",
    "ifconfig_pool": "10.8.0.4 10.8.0.9", "ifconfig_ipv6_pool": "2001:db8::10/64",
    "push": ['dhcp-option DOMAIN "a b"', "route 10.0.0.0 255.0.0.0"], "ccd_exclusive": True, "client_to_client": True,
    "duplicate_cn": True, "max_clients": 5, "verify_client_cert": "optional",
    "extra": ["float", "setenv MOTTO 'a b'", "<dh>", "PEM 6", "</dh>"],
}  # fmt: skip
OF_A_CLIENT = {name: value for name, value in EVERYTHING.items() if name not in ("port", "local")}
CLIENT = {
    **OF_A_CLIENT, "remote": ["vpn.example.com 443 tcp", "192.0.2.1"], "remote_random": True,
    "auth_user_pass": "name\npassword\n", "route_nopull": True, "explicit_exit_notify": 2,
}  # fmt: skip
PEER = {**EVERYTHING, "remote": ["192.0.2.1 1194"], "nobind": True, "tls": "server", "secret": ""}


@pytest.mark.parametrize(("role", "props"), [("server", SERVER), ("client", CLIENT), ("peer", PEER)])
def test_what_is_written_is_read_back(role: str, props: dict[str, Any]) -> None:
    content = render(role, props, PLACES)
    read = parse(role, content, props, PLACES)
    assert {name: read[name] for name in props} == props
    assert not [value for name, value in read.items() if name not in props and value not in ("", False)]


@pytest.mark.parametrize(("role", "props"), [("server", SERVER), ("client", CLIENT), ("peer", PEER)])
def test_each_property_alone_is_read_back_and_the_others_are_not_there(role: str, props: dict[str, Any]) -> None:
    for name, value in props.items():
        least = {"dev": "tap0", name: value}
        read = parse(role, render(role, least, PLACES), least, PLACES)
        assert {each: said for each, said in read.items() if said is not False and said != ""} == {
            each: said for each, said in least.items() if said != ""
        }


def test_what_is_implied_is_said_but_not_shown_until_it_is_gone() -> None:
    least = {"dev": "tun0", "server": "10.8.0.0/24"}
    content = render("server", least, PLACES)
    assert "topology subnet\n" in content
    assert parse("server", content, least, PLACES)["topology"] == ""
    assert parse("server", content, {**least, "topology": "subnet"}, PLACES)["topology"] == "subnet"
    assert parse("server", content.replace("subnet", "net30"), least, PLACES)["topology"] == "net30"
    assert parse("server", content.replace("topology subnet", ""), least, PLACES)["extra"] == ["# missing: topology"]
    calling = render("client", {"dev": "tun0", "remote": ["a"], "ca": "PEM\n"}, PLACES)
    assert "remote-cert-tls server\n" in calling
    off = {"dev": "tun0", "remote": ["a"], "ca": "PEM\n", "remote_cert_tls": "off"}
    assert "remote-cert-tls" not in render("client", off, PLACES)
    assert parse("client", render("client", off, PLACES), off, PLACES)["remote_cert_tls"] == "off"


def test_a_static_key_goes_with_a_cipher_that_openssl_still_has() -> None:
    props = {"dev": "tap0", "secret": "KEY\n"}
    said = directives(render("peer", props, PLACES))
    assert ("cipher", "AES-256-CBC") in said
    assert ("setenv", "opt", "allow-deprecated-insecure-static-crypto") in said
    assert not [each for each in said if each[0].startswith("tls-")]


@pytest.mark.parametrize(("version", "fine"), [((2, 6), True), ((2, 7), True), ((2, 8), False), ((3, 0), False)])
def test_a_static_key_is_refused_by_the_version_that_has_none(version: program.Version, fine: bool) -> None:  # noqa: FBT001 - data
    if fine:
        program.refuse_static(version)
        return
    with pytest.raises(
        Refused, match=f"OpenVPN {version[0]}.{version[1]} on this host has no static keys any more"
    ) as no:
        program.refuse_static(version)
    assert no.value.word == "secret"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('up "/etc/a b/up.sh" # said', ["up", "/etc/a b/up.sh"]),
        (r'up "C:\\x \"y\""', ["up", 'C:\\x "y"']),
        (r"setenv A 'b \c'", ["setenv", "A", r"b \c"]),
        (r"a b\ c", ["a", "b c"]),
        ("  ; nothing", []),
        ("push it#self", ["push", "it#self"]),
        ("--dev tun0", ["--dev", "tun0"]),
    ],
)
def test_lines_are_read_as_openvpn_reads_them(line: str, words: list[str]) -> None:
    assert tokens(line) == words
    assert directives(written([tuple(words)]) if words else "") == (
        [(words[0].removeprefix("--"), *words[1:])] if words else []
    )


def test_order_comments_and_quotes_are_no_difference() -> None:
    assert same("dev tun0\nport 1\n", "# a note\nport '1'\n--dev tun0\n")
    assert not same("dev tun0\n", "dev tun0\ndev tun0\n")


def test_inline_files_that_nobody_declared_are_not_shown() -> None:
    shown = ["float", "<pkcs12>", "c2VjcmV0", "</pkcs12>", "# missing: dev"]
    assert without_secrets(shown, ["float"]) == ["float", "<pkcs12>", "(not shown)", "</pkcs12>", "# missing: dev"]
    assert without_secrets(shown[:4], shown[:4]) == shown[:4]


def test_a_clients_file_is_written_and_read_back() -> None:
    props = {
        "ifconfig_push": "10.8.0.9 255.255.255.0", "ifconfig_ipv6_push": "2001:db8::9/64 2001:db8::1",
        "iroute": ["0.0.0.0/0"], "iroute_ipv6": ["2001:db8:9::/48"], "push": ["route 10.0.0.0 255.0.0.0"],
        "push_reset": True, "disable": True, "extra": ["vpn-magic 1"],
    }  # fmt: skip
    content = client_files.render(props)
    assert "iroute 0.0.0.0 0.0.0.0\n" in content
    assert client_files.parse(content) == props
    assert client_files.parse("") == {}


def test_the_last_words_of_openvpn_tell_why_and_no_secret() -> None:
    log = """\
2026-01-02 03:04:05 WARNING: file 'x' is group or others accessible
2026-01-02 03:04:05 OpenVPN 2.6.14 x86_64-pc-linux-gnu
2026-01-02 03:04:05 TCP/UDP: Socket bind failed on local address [undef]: Address already in use (errno=98)
2026-01-02 03:04:05 Exiting due to fatal error
2026-01-02 03:04:05 Closing TUN/TAP interface
"""
    said = running.telling(log)
    assert said == "TCP/UDP: Socket bind failed on local address [undef]: Address already in use (errno=98)"
    assert "hunter2" not in running.telling("AUTH failed: password=hunter2")
    assert running.telling("") == "it says nothing"
