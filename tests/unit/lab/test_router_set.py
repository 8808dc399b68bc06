"""``set``, ``unset``, ``enable``, ``disable`` and ``comment``."""

from __future__ import annotations

import pytest

from tests.support.console import Console

RULES = "/ip/firewall/filter"


@pytest.fixture
def console() -> Console:
    console = Console()
    for name in "abc":
        console.add(RULES, chain="input", comment=name, src_address="10.0.0.1")
    return console


def comments(console: Console) -> list[str | None]:
    return [row.get("comment") for row in console.rows(RULES)]


@pytest.mark.parametrize("word", ["_id", "numbers"])
def test_several_rows_change_at_once(console: Console, word: str) -> None:
    console.run(f"{RULES}/set", **{word: "*1,*3"}, comment="x")
    assert comments(console) == ["x", "b", "x"]


def test_one_wrong_row_leaves_all_as_they_are(console: Console) -> None:
    trap = console.trap(f"{RULES}/set", numbers="*1,*9", comment="x")
    assert (trap.message, trap.category) == ("no such item", 0)
    assert comments(console) == ["a", "b", "c"]


def test_rows_with_a_name_go_by_it(console: Console) -> None:
    console.run("/ip/ipsec/profile/set", numbers="default", lifetime="6d24h")
    assert console.value("/ip/ipsec/profile", "lifetime") == "1w"


def test_settings_need_no_target(console: Console) -> None:
    console.run("/system/identity/set", name="boise")
    assert console.row("/system/identity") == {"name": "boise"}


def test_a_row_is_not_set_without_saying_which(console: Console) -> None:
    assert console.refusal(f"{RULES}/set", comment="x") == "missing value(s) of argument(s) numbers"


@pytest.mark.parametrize("words", [{"!src-address": ""}, {"!src-address": "", "comment": "b"}])
def test_a_word_with_an_exclamation_mark_unsets(console: Console, words: dict[str, str]) -> None:
    console.give(f"{RULES}/set", {".id": "*2", **words})
    assert "src-address" not in console.row(RULES, ".id=*2")


def test_unset_names_one_property(console: Console) -> None:
    console.give(f"{RULES}/unset", {"numbers": "*1,*2", "value-name": "src-address"})
    assert ["src-address" in row for row in console.rows(RULES)] == [False, False, True]


@pytest.mark.parametrize("name", ["chain", "nonsense"])
def test_what_cannot_be_unset_is_refused(console: Console, name: str) -> None:
    assert console.refusal(f"{RULES}/unset", numbers="*1", value_name=name) == f"unknown parameter {name}"


def test_an_empty_comment_is_none(console: Console) -> None:
    console.run(f"{RULES}/comment", numbers="*1", comment="")
    assert comments(console) == [None, "b", "c"]


def test_rows_are_disabled_and_enabled(console: Console) -> None:
    console.run(f"{RULES}/disable", numbers="*1,*2")
    console.run(f"{RULES}/enable", numbers="*2")
    assert [row["disabled"] for row in console.rows(RULES)] == ["true", "false", "false"]


def test_a_value_that_another_row_has_is_refused(console: Console) -> None:
    console.add("/ip/pool", name="one", ranges="10.0.0.1")
    console.add("/ip/pool", name="two", ranges="10.0.0.2")
    assert console.refusal("/ip/pool/set", numbers="two", name="one") == "failure: pool with such name exists"
    console.run("/ip/pool/set", numbers="two", name="two", ranges="10.0.0.3")


def test_two_rows_are_not_set_to_the_same_unique_value(console: Console) -> None:
    console.add("/ip/pool", name="one", ranges="10.0.0.1")
    console.add("/ip/pool", name="two", ranges="10.0.0.2")
    assert console.refusal("/ip/pool/set", numbers="one,two", name="x") == "failure: pool with such name exists"
    assert [row["name"] for row in console.rows("/ip/pool")] == ["one", "two"]


def test_a_dynamic_row_does_not_change(console: Console) -> None:
    assert console.refusal("/routing/table/set", numbers="main", comment="x") == "failure: can not change dynamic table"


def test_a_read_only_property_is_an_unknown_parameter(console: Console) -> None:
    assert console.refusal(f"{RULES}/set", numbers="*1", bytes="0") == "unknown parameter bytes"


def test_the_view_of_all_interfaces_changes_each_of_them(console: Console) -> None:
    console.add("/interface/bridge", name="lan")
    console.run("/interface/set", numbers="lan", comment="office", mtu="1400")
    assert console.value("/interface/bridge", "mtu") == "1400"
    console.run("/interface/disable", numbers="lan,ether2")
    assert console.value("/interface/ethernet", "running", "name=ether2") == "false"
