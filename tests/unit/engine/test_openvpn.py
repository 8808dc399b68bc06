"""What OpenVPN cannot do is said before any host is asked."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from isthmus import linux
from isthmus.engine import checks, openvpn, openvpn_tls, pki
from isthmus.engine.menu import Menu
from tests.support.openvpn import Signed, signed

OWN, OTHER = signed("hub", "server"), signed("branch", "client")
STATIC = pki.openvpn_static()
CERTIFIED = {"cert": OWN.cert, "key": OWN.key, "peer_fingerprint": [OTHER.fingerprint]}
SERVER = {"name": "hub", "dev": "tun0", "server": "10.8.0.0/24", **CERTIFIED}
CLIENT = {"name": "branch", "dev": "tun0", "remote": "vpn.example.com 1194 udp", **CERTIFIED}
PEER = {"name": "peer", "dev": "tap0", "secret": STATIC}
MENUS = {menu.path: menu for menu in (c.menu() for c in (linux.OpenVpnServer, linux.OpenVpnClient, linux.OpenVpnPeer))}


def wrong(kind: str, given: dict[str, Any]) -> list[str]:
    """Return what a check says: `property: reason`."""
    menu: Menu = MENUS[f"openvpn/{kind}"]
    words, problems = checks.canonical(menu, {name: value for name, value in given.items() if value is not None})
    found = [*problems, *checks.missing(menu, words), *checks.together(menu, words)]
    return [found.reason.removeprefix(f"{menu.path}: ") for found in found]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("server", SERVER),
        ("server", {**SERVER, "server": None, "server_ipv6": "2001:db8:1::/64"}),
        ("server", {**SERVER, "server": None, "dev": "tap0", "server_bridge": "dhcp", "clients": {"a": {}}}),
        ("server", {**SERVER, "dev": "vpn", "dev_type": "tun", "clients": {"DEFAULT": {"iroute": "10.0.0.0/8"}}}),
        ("server", {**SERVER, "peer_fingerprint": None, "ca": OTHER.cert, "verify_client_cert": "none"}),
        ("server", {**SERVER, "extra": ["dh /etc/dh.pem", "ca /etc/ca.crt", "float", "# a note"]}),
        ("client", CLIENT),
        ("client", {**CLIENT, "cert": None, "key": None, "auth_user_pass": "name\npassword"}),
        ("peer", PEER),
        ("peer", {**PEER, "ifconfig": "10.9.0.1 255.255.255.0", "cipher": "AES-256-CBC"}),
        ("peer", {**PEER, "secret": None, **CERTIFIED, "remote": ["192.0.2.1"], "nobind": True}),
    ],
)  # fmt: skip
def test_what_openvpn_takes_is_not_complained_of(kind: str, given: dict[str, Any]) -> None:
    assert wrong(kind, given) == []


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("server", {**SERVER, "dev": None}, "dev: it is required"),
        ("server", {**SERVER, "dev": "vpn"}, "dev_type: it is required, tun or tap"),
        ("server", {**SERVER, "server": "10.8.0.0/30"}, "server: openvpn gives out addresses of a /16 to a /29"),
        (
            "server",
            {**SERVER, "server_ipv6": "2001:db8::/48"},
            "server_ipv6: openvpn gives out addresses of a /64 to a",
        ),
        ("server", {**SERVER, "server_ipv6": "2001:db8::/125"}, "server_ipv6: openvpn gives out addresses of a /64 to"),
        ("server", {**SERVER, "server": "2001:db8::/64"}, "server: expected an IPv4 network"),
        ("server", {**SERVER, "server": "10.8.0.1/24"}, "server: expected an IPv4 network"),
        ("server", {**SERVER, "server_bridge": "nogw", "dev": "tap0"}, "server_bridge: server gives out addresses"),
        ("server", {**SERVER, "server": None, "server_bridge": "nogw"}, "server_bridge: a bridge takes frames"),
        (
            "server",
            {**SERVER, "dev": "tap0", "clients": {"branch": {"iroute": ["10.1.0.0/16"]}}},
            "clients: branch: iroute: openvpn learns addresses on tap and has no iroute",
        ),
        ("server", {**SERVER, "ifconfig": "10.8.0.1 10.8.0.2"}, "ifconfig: server sets it already"),
        ("server", {**SERVER, "cert": None}, "cert: it is required"),
        ("server", {**SERVER, "peer_fingerprint": None}, "ca: it is required, or peer_fingerprint"),
        ("server", {**SERVER, "key": OTHER.key}, "key: it is not the key of cert"),
        ("server", {**SERVER, "tls_auth": STATIC, "tls_crypt": STATIC}, "tls_auth: tls_crypt protects the handshake"),
        ("server", {**SERVER, "fragment": 1300, "proto": "tcp"}, "fragment: it works over UDP only"),
        ("server", {**SERVER, "local": "2001:db8::1", "proto": "udp4"}, "local: 2001:db8::1 is of the other family"),
        ("server", {**SERVER, "keepalive": "10 15"}, "keepalive: expected the second number to be at least twice"),
        ("server", {**SERVER, "up": "/etc/openvpn/up.sh"}, "up: openvpn runs programs only with script_security=2"),
        ("server", {**SERVER, "extra": ["management 127.0.0.1 7505"]}, "extra: management is written by Isthmus"),
        ("server", {**SERVER, "extra": ["port 1195"]}, "extra: port has an argument of its own: write it as port="),
        ("server", {**SERVER, "extra": ["<ca>", "x", "</ca>"]}, "extra: ca has an argument of its own"),
        ("server", {**SERVER, "clients": {"../x": {}}}, "clients: expected a common name"),
        ("server", {**SERVER, "clients": {"x": {"irout": "10.0.0.0/8"}}}, "clients: x: a client has no 'irout'"),
        ("server", {**SERVER, "clients": {"x": {"iroute": "10.0.0.1/8"}}}, "clients: x: iroute: expected an IPv4"),
        ("server", {**SERVER, "duplicate_cn": True, "clients": {"x": {}}}, "duplicate_cn: clients that share"),
        ("server", {**SERVER, "name": "a/b"}, "name: expected at most 64 letters"),
        ("client", {**CLIENT, "remote": None}, "remote is required"),
        ("client", {**CLIENT, "remote": "host 70000"}, "remote: expected `host`, `host port` or"),
        ("client", {**CLIENT, "explicit_exit_notify": 1, "proto": "tcp"}, "explicit_exit_notify: TCP tells the end"),
        ("client", {**CLIENT, "key": "nonsense"}, "key: the secret has a wrong form"),
        ("peer", {**PEER, **CERTIFIED}, "cert: a static key (secret) goes without certificates"),
        ("peer", {**PEER, "cipher": "AES-256-GCM"}, "cipher: a static key takes a CBC cipher"),
        ("peer", {**PEER, "secret": None}, "ca: it is required, or peer_fingerprint"),
        ("peer", {**PEER, "ifconfig": "10.9.0.1 10.9.0.2"}, "ifconfig: on tap the second is a netmask"),
        ("peer", {**PEER, "dev": "tun0", "ifconfig": "10.9.0.1 255.255.255.0"}, "ifconfig: on tun the second is the"),
        ("peer", {**PEER, "nobind": True}, "nobind: an end that waits"),
    ],
)
def test_what_openvpn_cannot_do_is_said_with_property_and_remedy(kind: str, given: dict[str, Any], said: str) -> None:
    found = wrong(kind, given)
    assert any(reason.startswith(said) for reason in found), found


@pytest.mark.parametrize("word", ["cert", "ca", "extra_certs"])
def test_a_certificate_that_expired_is_refused_with_its_date(word: str) -> None:
    old = signed("old", "server", days=-2)
    ended = datetime.now(UTC) - timedelta(days=2)
    own = {"cert": old.cert, "key": old.key} if word == "cert" else {word: old.cert}
    (said,) = wrong("server", {**SERVER, **own})
    assert said.startswith(f"{word}: the certificate of CN=old expired on {ended:%Y-%m-%d %H:}")
    assert said.endswith("UTC: renew it")


def test_a_certificate_of_tomorrow_points_to_the_clock() -> None:
    before = datetime.now(UTC) - timedelta(days=60)
    (said,) = openvpn_tls.expired("cert", OWN.cert, before)
    assert said[1].endswith("look at this machine's clock")


def test_what_has_an_argument_of_its_own_is_what_is_declared() -> None:
    declared = {name for menu in MENUS.values() for name in menu.words}
    assert declared - openvpn.OWNED - openvpn.BLOCKS == {"name", "extra", "clients", "running", "enabled"}
    assert declared >= openvpn.OWNED | openvpn.BLOCKS


def test_networks_may_be_written_with_their_netmask() -> None:
    menu = MENUS["openvpn/server"]
    given = {
        "server": "10.8.0.0 255.255.255.0",
        "route": ["192.0.2.0 255.255.255.0 vpn_gateway 5", "198.51.100.0/24"],
        "clients": {"x": {"iroute": "192.0.2.0 255.255.255.0", "disable": False, "push": []}, "y": None},
    }
    words, problems = checks.canonical(menu, given)
    assert problems == []
    assert words["server"] == "10.8.0.0/24"
    assert menu.words["route"].kind.python(words["route"]) == ["192.0.2.0/24 vpn_gateway 5", "198.51.100.0/24"]
    assert json.loads(words["clients"]) == {"x": {"iroute": ["192.0.2.0/24"]}, "y": {}}
    for name, text in words.items():
        assert menu.words[name].kind.canonical(menu.words[name].kind.python(text)) == text


def test_a_secret_is_in_no_message() -> None:
    said = wrong("peer", {**PEER, "secret": "hunter2"})
    assert any("the secret has a wrong form" in reason for reason in said)
    assert "hunter2" not in "".join(said)


def test_certificates_come_with_what_they_were_made_with() -> None:
    assert Signed(*OWN).fingerprint.count(":") == 31
