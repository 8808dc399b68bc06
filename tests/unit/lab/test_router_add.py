"""``add``: what the router makes, and what it refuses to."""

from __future__ import annotations

import pytest

from tests.support.console import Console

RULES = "/ip/firewall/nat"


@pytest.fixture
def console() -> Console:
    return Console()


def test_ids_count_up_in_hexadecimal_and_are_never_given_twice(console: Console) -> None:
    ids = [console.add("/ip/firewall/filter", chain="input") for _ in range(11)]
    console.run("/ip/firewall/filter/remove", _id=ids[-1])
    assert ids[8:] == ["*9", "*A", "*B"]
    assert console.add("/ip/firewall/filter", chain="input") == "*C"


def test_a_row_shows_what_was_given_and_the_defaults(console: Console) -> None:
    console.add(RULES, chain="srcnat", src_address="192.168.90.7/24")
    assert console.row(RULES) == {
        ".id": "*1",
        "chain": "srcnat",
        "action": "accept",
        "src-address": "192.168.90.0/24",
        "log": "false",
        "log-prefix": "",
        "disabled": "false",
        "dynamic": "false",
        "invalid": "false",
        "bytes": "0",
        "packets": "0",
    }


def test_place_before_puts_a_row_before_another_one(console: Console) -> None:
    last = console.add(RULES, chain="srcnat", comment="last")
    console.add(RULES, chain="srcnat", comment="first", place_before=last)
    assert [row["comment"] for row in console.rows(RULES)] == ["first", "last"]


def test_place_before_is_unknown_where_order_does_not_matter(console: Console) -> None:
    assert console.refusal("/ip/pool/add", ranges="10.0.0.1", place_before="*1") == "unknown parameter place-before"


def test_copy_from_takes_what_is_not_given(console: Console) -> None:
    model = console.add(RULES, chain="srcnat", action="masquerade", out_interface="ether1", src_address="10.0.0.1")
    console.give(f"{RULES}/add", {"copy-from": model, "comment": "copy", "!src-address": ""})
    copy = console.rows(RULES)[1]
    assert (copy["action"], copy["out-interface"], copy["comment"]) == ("masquerade", "ether1", "copy")
    assert "src-address" not in copy


@pytest.mark.parametrize(
    ("path", "words", "refusal"),
    [
        ("/ip/address", {"address": "10.0.0.1/24"}, "missing value(s) of argument(s) interface"),
        ("/ip/address", {"adress": "10.0.0.1/24"}, "unknown parameter adress"),
        ("/ip/ipsec/policy", {"src_address": "10.0.0.0/24"}, "failure: Peer not set!"),
        ("/ip/ipsec/peer", {"profile": "none"}, "input does not match any value of profile"),
        ("/ip/route", {"gateway": "10.0.0.1", "routing_table": "x"}, "input does not match any value of routing-table"),
        (RULES, {"chain": "srcnat", "out_interface": "wan"}, "input does not match any value of out-interface"),
        ("/user/group", {}, "failure: invalid group name"),
        ("/certificate", {}, "failure: At least one field specifying certificate name must be set!"),
    ],
)
def test_a_refusal_has_the_router_s_words(console: Console, path: str, words: dict[str, str], refusal: str) -> None:
    assert console.refusal(f"{path}/add", **words) == refusal
    assert console.rows(path, "comment=never") == []


@pytest.mark.parametrize(
    ("path", "words", "refusal"),
    [
        ("/ip/address", {"address": "10.0.0.1/24", "interface": "ether1"}, "failure: already have such address"),
        ("/ip/pool", {"name": "p", "ranges": "10.0.0.1"}, "failure: pool with such name exists"),
        ("/ip/ipsec/profile", {"name": "p"}, "failure: item with such name already exists"),
        ("/interface/list/member", {"list": "all", "interface": "ether1"}, "failure: already have such entry"),
        ("/ip/firewall/address-list", {"list": "l", "address": "10.0.0.1"}, "failure: already have such entry"),
        ("/user", {"name": "u", "group": "read", "password": ""}, "failure: user with the same name already exists"),
        ("/ppp/secret", {"name": "s"}, "failure: secret with the same name already exists"),
        ("/system/script", {"name": "s"}, "failure: item with such name already exists"),
    ],
)
def test_nothing_is_there_twice(console: Console, path: str, words: dict[str, str], refusal: str) -> None:
    console.add(path, **words)
    assert console.refusal(f"{path}/add", **words) == refusal


def test_interfaces_of_all_kinds_share_their_names_and_numbers(console: Console) -> None:
    assert console.add("/interface/bridge", name="lan") == "*6"
    assert console.add("/interface/gre", name="tunnel", remote_address="10.0.0.1") == "*7"
    refusal = console.refusal("/interface/vlan/add", name="lan", interface="ether1", vlan_id="7")
    assert refusal == "failure: already have interface with such name"


def test_a_row_without_a_name_is_given_the_first_free_one(console: Console) -> None:
    console.add("/interface/bridge")
    console.add("/interface/bridge")
    assert [row["name"] for row in console.rows("/interface/bridge")] == ["bridge1", "bridge2"]


def test_a_netmask_is_folded_into_the_address(console: Console) -> None:
    console.add("/ip/address", address="10.0.0.1", netmask="255.255.255.0", interface="ether1")
    row = console.row("/ip/address")
    assert (row["address"], row["network"], row["actual-interface"]) == ("10.0.0.1/24", "10.0.0.0", "ether1")


def test_a_bridge_shows_the_mac_address_that_it_was_given(console: Console) -> None:
    console.add("/interface/bridge", name="lan", auto_mac="no", admin_mac="aa:bb:cc:dd:ee:ff")
    assert console.value("/interface/bridge", "mac-address") == "AA:BB:CC:DD:EE:FF"


def test_an_empty_comment_is_none(console: Console) -> None:
    console.add(RULES, chain="srcnat", comment="")
    assert "comment" not in console.row(RULES)


def test_a_wireguard_interface_has_a_key_pair_of_its_own(console: Console) -> None:
    console.add("/interface/wireguard", name="wg")
    row = console.row("/interface/wireguard")
    assert row["private-key"] != row["public-key"]
    assert len(row["public-key"]) == len("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=")


def test_a_default_that_makes_no_sense_beside_other_values_is_not_shown(console: Console) -> None:
    console.add("/ip/firewall/mangle", chain="forward", action="mark-packet", new_packet_mark="m")
    console.add("/ip/firewall/mangle", chain="forward", action="accept")
    marking, accepting = console.rows("/ip/firewall/mangle")
    assert marking["passthrough"] == "true"
    assert "passthrough" not in accepting
