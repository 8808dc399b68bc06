"""``remove`` and ``move``, and what a removed item leaves behind."""

from __future__ import annotations

import pytest

from tests.support.console import Console

RULES = "/ip/firewall/filter"


@pytest.fixture
def console() -> Console:
    console = Console()
    for name in "abcd":
        console.add(RULES, chain="input", comment=name)
    return console


def order(console: Console) -> str:
    return "".join(row["comment"] for row in console.rows(RULES))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"numbers": "*1", "destination": "*4"}, "bcad"),
        ({"numbers": "*4", "destination": "*1"}, "dabc"),
        ({"numbers": "*1"}, "bcda"),
        ({"numbers": "*4,*1", "destination": "*3"}, "bdac"),
        ({"numbers": "*2", "destination": "*2"}, "abcd"),
    ],
)
def test_rows_move_before_another_one_or_to_the_end(console: Console, words: dict[str, str], expected: str) -> None:
    console.run(f"{RULES}/move", **words)
    assert order(console) == expected


def test_a_move_to_nowhere_is_refused(console: Console) -> None:
    assert console.refusal(f"{RULES}/move", numbers="*1", destination="*77") == "no such item"


def test_a_menu_without_order_has_no_move(console: Console) -> None:
    assert console.refusal("/ip/pool/move", numbers="*1") == "no such command"


def test_several_rows_are_removed_or_none(console: Console) -> None:
    assert console.refusal(f"{RULES}/remove", numbers="*1,*77") == "no such item"
    console.run(f"{RULES}/remove", numbers="*1,*3,*1")
    assert order(console) == "bd"


@pytest.mark.parametrize(
    ("path", "name", "refusal"),
    [
        ("/routing/table", "main", "failure: can not remove dynamic table"),
        ("/ip/ipsec/profile", "default", "failure: can not remove default profile"),
        ("/interface/list", "all", "failure: can not remove default interface list"),
    ],
)
def test_what_the_router_needs_stays(console: Console, path: str, name: str, refusal: str) -> None:
    assert console.refusal(f"{path}/remove", numbers=name) == refusal


def test_a_new_name_is_followed_wherever_the_item_is_named(console: Console) -> None:
    console.add("/interface/list", name="wan")
    console.add(RULES, chain="input", in_interface_list="!wan", comment="e")
    console.run("/interface/list/set", numbers="wan", name="uplinks")
    assert console.value(RULES, "in-interface-list", "comment=e") == "!uplinks"


def test_what_names_a_removed_item_dangles_and_is_invalid(console: Console) -> None:
    bridge = console.add("/interface/bridge", name="lan")
    console.add(RULES, chain="input", in_interface="lan", comment="e")
    console.run("/interface/bridge/remove", numbers="lan")
    row = console.row(RULES, "comment=e")
    assert (row["in-interface"], row["invalid"], row[".about"]) == (bridge, "true", "in-interface is unknown")


def test_nothing_new_may_name_what_is_gone(console: Console) -> None:
    bridge = console.add("/interface/bridge", name="lan")
    console.run("/interface/bridge/remove", numbers="lan")
    refusal = console.refusal(f"{RULES}/add", chain="input", in_interface=bridge)
    assert refusal == "input does not match any value of in-interface"


def test_a_name_in_a_list_of_names_is_followed_too(console: Console) -> None:
    for name in ("one", "two"):
        console.add("/ip/ipsec/peer", name=name, address="10.0.0.1")
    console.add("/ip/ipsec/policy", peer="one,two", dst_address="10.0.0.0/24")
    console.run("/ip/ipsec/peer/set", numbers="two", name="three")
    assert console.value("/ip/ipsec/policy", "peer", "peer=one,three") == "one,three"


def test_counters_are_reset(console: Console) -> None:
    console.run(f"{RULES}/reset-counters", numbers="*1")
    console.run(f"{RULES}/reset-counters-all")
    assert {row["bytes"] for row in console.rows(RULES)} == {"0"}


def test_security_associations_can_be_flushed(console: Console) -> None:
    assert console.run("/ip/ipsec/installed-sa/flush") is None


def test_a_script_counts_its_runs_and_does_nothing(console: Console) -> None:
    console.add("/system/script", name="s", source="/system reboot")
    before = console.router.export()
    console.run("/system/script/run", numbers="s")
    assert console.row("/system/script")["run-count"] == "1"
    assert console.router.export() == before
