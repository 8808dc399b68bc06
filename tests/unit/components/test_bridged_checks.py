"""What cannot work is refused with one sentence that names the remedy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from isthmus_components import Ipv6Client
from isthmus_components.bridged_ipv6.checks import problems
from isthmus_components.bridged_ipv6.plan import Plan
from isthmus_components.openvpn import Channel

DESK = Ipv6Client(name="desk", address="2001:db8:1::9/64", router="2001:db8:1::1")
BARE = replace(DESK, router=None)
PLAN = Plan(
    name="ipv6",
    device="server",
    port="eth0",
    remote="192.0.2.1",
    clients=[Ipv6Client(name="laptop")],
    mode="peer-fingerprint",
    uplink="bridge",
    network=None,
    bridge="br0",
    tap="tap0",
    listen=1194,
    channel=Channel(),
    advertised=True,
    install=True,
)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"remote": "vpn.example.com"},
        {"mode": "server", "clients": [Ipv6Client(name="laptop"), DESK], "network": "2001:db8:1::/64"},
        {"uplink": "ndp-proxy", "network": "2001:db8:1::/64", "clients": [BARE]},
        {"uplink": "router", "network": "2001:db8:1::/64", "clients": [BARE], "bridge": "tap0"},
        {"clients": [replace(DESK, resolvers=["192.0.2.53", "2001:db8::53"])]},
    ],
)
def test_what_works_has_nothing_wrong_with_it(given: dict[str, Any]) -> None:
    assert problems(replace(PLAN, **given)) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"remote": "2001:db8::1"},
            "remote 2001:db8::1 is IPv6, which clients have only through the tunnel: give its IPv4 address or name",
        ),
        (
            {"remote": "vpn example"},
            "remote 'vpn example' is neither a name nor an IPv4 address: give one such as vpn.example.com",
        ),
        (
            {"clients": [Ipv6Client(name="a"), Ipv6Client(name="b")]},
            "peer-fingerprint joins two ends and there are 2 clients: set mode='server', or keep one",
        ),
        ({"clients": []}, "there is no client: name one, clients=[Ipv6Client(name=...)]"),
        (
            {"clients": [Ipv6Client(name="../x")]},
            "the client's name '../x' cannot be a file's: use letters, digits and _ . -",
        ),
        (
            {"mode": "server", "clients": [Ipv6Client(name="a")] * 2},
            "2 clients are called a: give each its own name",
        ),
        (
            {"mode": "server", "clients": [DESK, replace(DESK, name="other")]},
            "2 clients have the address 2001:db8:1::9: give each its own",
        ),
        (
            {"clients": [replace(DESK, address="2001:db8:1::9")]},
            "the address 2001:db8:1::9 of desk has no prefix length: write 2001:db8:1::9/64",
        ),
        (
            {"clients": [replace(DESK, address="192.0.2.9/24")]},
            "the address '192.0.2.9/24' of desk is no IPv6 address: give one such as 2001:db8::9/64",
        ),
        (
            {"clients": [replace(DESK, address="2001:db8:1::9/48")]},
            "the address 2001:db8:1::9/48 of desk: openvpn takes prefix lengths from 64 to 124: give one",
        ),
        ({"clients": [replace(DESK, router="2001:db8:1::9")]}, "desk has its own address as router: give the router's"),
        (
            {"clients": [Ipv6Client(name="a", router="fe80::1")]},
            "a has a router and no address: leave the router out, which advertises itself",
        ),
        (
            {"clients": [replace(DESK, resolvers=["dns"])]},
            "the resolver 'dns' of desk is no address: give one such as 2001:db8::1",
        ),
        (
            {"clients": [DESK], "network": "2001:db8:2::/64"},
            "the address 2001:db8:1::9/64 of desk is not in 2001:db8:2::/64: give one that is",
        ),
        (
            {"network": "192.0.2.0/24"},
            "network '192.0.2.0/24' is no IPv6 network: give one such as 2001:db8:3651:55::/64",
        ),
        ({"mode": "tls"}, "mode 'tls' is unknown: give peer-fingerprint, static-key, server"),
        ({"uplink": "nat"}, "uplink 'nat' is unknown: give bridge, router, ndp-proxy"),
        ({"tap": "br0"}, "port, bridge, tap are eth0, br0, br0: give each link its own name"),
        (
            {"bridge": "a-very-long-bridge"},
            "bridge 'a-very-long-bridge' is no name of a link: it has 1 to 15 characters, and no blank, /, : or %",
        ),
        ({"listen": 70000}, "listen 70000 is no port: give 1 to 65535, 1194 if in doubt"),
        ({"channel": Channel(proto="sctp")}, "proto 'sctp' is unknown: give udp or tcp"),  # type: ignore[arg-type]
        (
            {"channel": Channel(link=1300)},
            "link_mtu 1300 is out of range: IPv6 needs 1280 bytes inside, and so 1346 outside",
        ),
        (
            {"uplink": "ndp-proxy", "clients": [BARE]},
            "uplink='ndp-proxy' needs the network that clients have addresses of: network='2001:db8:1::/64'",
        ),
        (
            {"uplink": "router", "network": "2001:db8:1::/64"},
            "laptop has no address, and behind uplink='router' no router advertises one: give it one",
        ),
        (
            {"uplink": "router", "network": "2001:db8:1::/64", "clients": [DESK]},
            "desk has a router, and behind uplink='router' the server is it: leave it out",
        ),
    ],
)
def test_what_cannot_work_is_told_with_its_remedy(given: dict[str, Any], sentence: str) -> None:
    assert problems(replace(PLAN, **given)) == [sentence]
