"""What is wrong with a link is told before the host is asked."""

from __future__ import annotations

import pytest

from isthmus.declare import registry
from isthmus.engine import checks
from tests.support.link_values import KEY, PEER, SECRET


def problems(kind: str, **given: object) -> list[str]:
    menu = registry.menu(kind)
    assert menu is not None
    return [problem.reason for problem in checks.canonical(menu, given)[1]]


def words(kind: str, **given: object) -> dict[str, str]:
    menu = registry.menu(kind)
    assert menu is not None
    found, wrong = checks.canonical(menu, given)
    assert not wrong
    return found


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a-name-of-16-chr", "1 to 15 characters, found 'a-name-of-16-chr': give a shorter name="),
        ("", "1 to 15 characters"),
        ("eth/0", "without / : and blanks"),
        ("eth 0", "without / : and blanks"),
        ("eth0:1", "without / : and blanks"),
        ("..", "without / : and blanks"),
        ("ü" * 8, "1 to 15 characters"),
    ],
)
def test_a_name_that_the_kernel_would_not_take_is_told(name: str, reason: str) -> None:
    (found,) = problems("link/gre", name=name)
    assert found.startswith("link/gre: name: ")
    assert reason in found


@pytest.mark.parametrize(
    ("kind", "address"),
    [*((f"link/{kind}", "2001:db8::1") for kind in ("ipip", "sit", "vti")), ("link/ip6tnl", "192.0.2.1")],
)
def test_an_endpoint_of_the_wrong_family_is_told(kind: str, address: str) -> None:
    (found,) = problems(kind, remote=address)
    assert found.startswith(f"{kind}: remote: expected an IPv{4 if ':' in address else 6} address")


def test_equal_values_have_one_spelling() -> None:
    assert words("link/ip6tnl", local="2001:DB8:0::1") == {"local": "2001:db8::1"}
    assert words("link/dummy", address="02-00-5E-00-53-01") == {"address": "02:00:5e:00:53:01"}
    assert words("bridge-port", vlans=["20", "10-12", 13]) == {"vlans": "10-13,20"}
    assert words("link/bridge", forward_delay=4.0) == words("link/bridge", forward_delay="4.00")
    assert words("link/gre", ikey="0x10") == words("link/gre", ikey=16)


def test_a_group_is_no_links_address_and_a_vlan_has_bounds() -> None:
    assert "its first byte is even" in problems("link/tap", address="01:00:5e:00:00:01")[0]
    assert "within 1..4094" in problems("bridge-port", vlans=["4095"])[0]
    assert "within 1..4094" in problems("bridge-port", vlans=["20-10"])[0]


def test_peers_have_one_spelling_and_their_mistakes_are_told() -> None:
    peer = {"public_key": PEER, "allowed_ips": ["10.0.0.1", "2001:DB8::/32"], "endpoint": "[2001:DB8::1]:051820"}
    spelled = words("link/wireguard", peers=[peer])["peers"]
    assert '"allowed_ips":["10.0.0.1/32","2001:db8::/32"]' in spelled
    assert '"endpoint":"[2001:db8::1]:51820"' in spelled
    assert "given twice" in problems("link/wireguard", peers=[peer, peer])[0]
    assert "a peer has no 'allowed'" in problems("link/wireguard", peers=[{"public_key": PEER, "allowed": []}])[0]
    named = {"public_key": PEER, "endpoint": "vpn.example.net:51820"}
    assert "WireGuard keeps no names" in problems("link/wireguard", peers=[named])[0]


def test_what_does_not_go_together_is_told() -> None:
    def clash(kind: str, **given: object) -> list[tuple[str, str]]:
        menu = registry.menu(kind)
        assert menu is not None
        return list(menu.together(words(kind, **given)))

    (family,) = clash("link/vxlan", local="192.0.2.1", remote="2001:db8::1")
    assert family == ("local", "192.0.2.1 and remote 2001:db8::1 are of two families: give both of one")
    assert clash("link/gre", ignore_df=True)[0][0] == "ignore_df"
    assert not clash("link/gre", ignore_df=True, pmtudisc=False)
    (stranger,) = clash("link/wireguard", peers=[], preshared_keys={PEER: SECRET})
    assert PEER in stranger[1]
    assert SECRET not in stranger[1]


def test_no_key_is_in_a_message() -> None:
    for word, value in {"private_key": SECRET[:-8], "preshared_keys": {PEER: SECRET[:-8]}}.items():
        (found,) = problems("link/wireguard", **{word: value})
        assert found == f"link/wireguard: {word}: the secret has a wrong form"
    assert words("link/wireguard", private_key=KEY) == {"private_key": KEY}
