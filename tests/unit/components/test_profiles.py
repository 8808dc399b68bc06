"""Profiles say everything that a client needs in one file."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv6Address

import pytest

from isthmus_components import Ipv6Client
from isthmus_components.openvpn.profile import Profile, link_local, ovpn

LAPTOP = Ipv6Client(name="laptop")
DESK = Ipv6Client(name="desk", address="2001:db8:1::9/64", router="fe80::1", resolvers=["2001:db8::53", "192.0.2.53"])
PROFILE = Profile(client=LAPTOP, remote="192.0.2.1", words=[["tls-client"]], inline={"key": "KEY\n", "cert": "CERT"})


def lines(profile: Profile) -> list[str]:
    return ovpn(profile).splitlines()


def test_keys_stand_inline_behind_everything_else() -> None:
    text = ovpn(PROFILE)
    assert text.endswith(
        "tls-client\nifconfig-ipv6 fe80::5cec:dc4:19aa:8337/64 fe80::1\n<key>\nKEY\n</key>\n<cert>\nCERT\n</cert>\n"
    )
    assert text.startswith("dev tap\nproto udp4\nremote 192.0.2.1 1194\nnobind\n")


def test_tcp_is_said_as_a_client_says_it() -> None:
    assert "proto tcp4-client" in lines(replace(PROFILE, proto="tcp", port=443))
    assert "remote 192.0.2.1 443" in lines(replace(PROFILE, proto="tcp", port=443))


def test_without_an_address_the_link_comes_up_with_one_of_its_own_for_advertisements_to_be_heard() -> None:
    (own,) = [line for line in lines(PROFILE) if "ifconfig" in line]
    assert own == f"ifconfig-ipv6 {link_local('laptop')}/64 fe80::1"
    assert not [line for line in lines(PROFILE) if line.startswith("route")]


@pytest.mark.parametrize("name", ["laptop", "phone", "a", "x" * 60])
def test_a_link_local_address_is_one_and_is_not_made_of_a_mac_address(name: str) -> None:
    address = IPv6Address(link_local(name))
    assert address.is_link_local
    assert int(address) >> 64 == 0xFE80 << 48
    assert not address.packed[8] & 0x02
    assert link_local(name) == str(address)
    assert link_local(name) != link_local(f"{name}2")


def test_an_address_by_hand_comes_with_the_way_out_and_resolvers() -> None:
    said = lines(replace(PROFILE, client=DESK))
    assert "ifconfig-ipv6 2001:db8:1::9/64 fe80::1" in said
    assert "route-ipv6 2000::/3" in said
    assert [line for line in said if "DNS" in line] == [
        "dhcp-option DNS 2001:db8::53",
        "dhcp-option DNS 192.0.2.53",
    ]


def test_an_address_by_hand_without_a_router_leaves_the_way_out_to_advertisements() -> None:
    said = lines(replace(PROFILE, client=replace(DESK, router=None)))
    assert "ifconfig-ipv6 2001:db8:1::9/64 fe80::1" in said
    assert not [line for line in said if line.startswith("route")]


def test_what_the_server_gives_out_the_profile_does_not_say() -> None:
    said = ovpn(replace(PROFILE, client=DESK, addressed=False))
    assert "ifconfig" not in said
    assert "2001:db8:1::9" not in said
