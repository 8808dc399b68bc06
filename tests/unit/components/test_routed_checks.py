"""What cannot be routed is refused with one sentence that names the remedy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from isthmus_components import Ipv6Client
from isthmus_components.openvpn import Channel
from isthmus_components.routed_ipv6.checks import problems
from isthmus_components.routed_ipv6.plan import Plan

DESK = Ipv6Client(name="desk", address="2001:db8:1::9/64")
PHONE = Ipv6Client(name="phone")
GIVEN = "which phone may be given"
PLAN = Plan(
    name="ipv6",
    device="server",
    port="eth0",
    remote="192.0.2.1",
    network="2001:db8:1::/64",
    clients=[PHONE],
    uplink="router",
    tun="tun0",
    listen=1194,
    channel=Channel(frames=False),
    advertised=True,
    install=True,
)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"clients": [PHONE, DESK]},
        {"network": "2001:db8:1::/112", "clients": [DESK], "uplink": "ndp-proxy"},
        {"network": "2001:db8:1::/124", "clients": [PHONE]},
        {"clients": [replace(DESK, address="2001:db8:1::ffff:1/64")]},
    ],
)
def test_what_works_has_nothing_wrong_with_it(given: dict[str, Any]) -> None:
    assert problems(replace(PLAN, **given)) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"network": "2001:db8:1::/48"},
            "network 2001:db8:1::/48: openvpn gives addresses of a /64 to a /124: give a part of it, or a larger one",
        ),
        (
            {"network": "2001:db8:1::/126"},
            "network 2001:db8:1::/126: openvpn gives addresses of a /64 to a /124: give a part of it, or a larger one",
        ),
        (
            {"network": "2001:db8:1::1/64"},
            "network '2001:db8:1::1/64' is no IPv6 network: give one such as 2001:db8:3651:55::/64",
        ),
        (
            {"clients": [replace(DESK, address="2001:db8:1::1/64")]},
            "desk has the address 2001:db8:1::1, which is the server's: give another",
        ),
        (
            {"clients": [PHONE, replace(DESK, address="2001:db8:1::1009/64")]},
            f"desk has the address 2001:db8:1::1009, {GIVEN}: give one below 2001:db8:1::1000, or phone one, too",
        ),
        (
            {"clients": [PHONE, DESK], "network": "2001:db8:1::/112"},
            f"desk has the address 2001:db8:1::9, {GIVEN}: give one below 2001:db8:1::2, or phone one, too",
        ),
        ({"clients": [replace(DESK, router="fe80::1")]}, "desk has a router, and the server is it: leave it out"),
        (
            {"uplink": "ndp-proxy"},
            "phone has no address, and the server must know for whom it answers: give it one",
        ),
        ({"uplink": "bridge"}, "uplink 'bridge' is unknown: give router, ndp-proxy"),
        ({"tun": "eth0"}, "port, tun are eth0, eth0: give each link its own name"),
    ],
)
def test_what_cannot_work_is_told_with_its_remedy(given: dict[str, Any], sentence: str) -> None:
    assert problems(replace(PLAN, **given)) == [sentence]
