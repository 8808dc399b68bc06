"""Query words: the manual's stack machine."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus_lab.routeros.command import Trap
from isthmus_lab.routeros.query import matches

ROW = {"name": "ether1", "type": "ether", "mtu": "1500", "disabled": "false", "comment": "", ".id": "*A"}
TRUE, FALSE = "name", "-name"
"""Two tests that a row with a name passes and fails."""


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("name", True),
        ("vlan-id", False),
        ("comment", True),
        ("-name", False),
        ("-vlan-id", True),
        ("name=ether1", True),
        ("=name=ether1", True),
        ("name=ether", False),
        (".id=*A", True),
        ("comment=", True),
        ("vlan-id=", False),
        ("disabled=no", True),
        ("disabled=false", True),
        ("disabled=yes", False),
        ("name=ether1=", False),
    ],
)
def test_a_word_tests_one_property(word: str, *, expected: bool) -> None:
    assert matches([word], ROW) is expected


@pytest.mark.parametrize(
    ("found", "less", "more"),
    [
        ("1500", "900", "9000"),
        ("-5", "-10", "0"),
        ("1h", "59m59s", "1d"),
        ("500ms", "499ms", "1s"),
        ("10.0.0.9", "10.0.0.8", "10.0.0.10"),
        ("10.0.0.0/8", "9.0.0.0/8", "10.0.0.0/16"),
        ("fd00::2", "fd00::1", "fd00::10"),
        ("bridge", "ai", "ether"),
        ("9", "1d", "abc"),
    ],
)
def test_values_compare_by_size_where_they_have_one(found: str, less: str, more: str) -> None:
    row = {"value": found}
    assert matches([f">value={less}"], row)
    assert matches([f"<value={more}"], row)
    assert not matches([f"<value={less}"], row)
    assert not matches([f">value={more}"], row)
    assert not matches([f">value={found}"], row)
    assert not matches([f"<value={found}"], row)


def test_a_missing_property_is_neither_less_nor_more() -> None:
    assert not matches(["<value=1"], {})
    assert not matches([">value=1"], {})


def test_no_words_match_every_row() -> None:
    assert matches([], {})


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["type=ether", "type=vlan", "#|"], True),
        (["type=ppp", "type=vlan", "#|"], False),
        (["type=ether", "type=vlan", "#|!"], False),
        ([TRUE, FALSE], False),
        ([TRUE, FALSE, "#!"], True),
        ([TRUE, FALSE, "#&"], False),
        ([TRUE, FALSE, "#|"], True),
        ([FALSE, "#|"], True),  # below the pushed value is an endless supply of true
        ([FALSE, "#&"], False),
        (["#!"], False),
        ([TRUE, FALSE, "#1"], True),  # an index at the end replaces all values
        ([FALSE, TRUE, "#1"], False),
        ([FALSE, "#7"], True),
        ([FALSE, TRUE, "#1|&"], False),  # false true -> false true false -> false true -> false
        ([FALSE, TRUE, "#0.&&"], False),
        ([FALSE, "#!."], True),  # the copy of the top is true as well
        ([FALSE, "#.!&"], False),
        ([FALSE, "#.!|"], True),  # x or not x
        ([FALSE, "#"], False),
    ],
)
def test_operations_work_on_the_stack(words: list[str], *, expected: bool) -> None:
    assert matches(words, ROW) is expected


def test_an_operation_that_the_manual_does_not_list_is_refused() -> None:
    with pytest.raises(Trap, match="unknown query operation x"):
        matches([TRUE, "#x"], ROW)


values = st.lists(st.booleans(), min_size=1, max_size=8)


def pushes(booleans: list[bool]) -> list[str]:
    return [TRUE if value else FALSE for value in booleans]


@given(values)
def test_words_alone_are_and(booleans: list[bool]) -> None:
    assert matches(pushes(booleans), ROW) is all(booleans)


@given(values)
def test_or_over_all_is_any(booleans: list[bool]) -> None:
    assert matches([*pushes(booleans), "#" + "|" * (len(booleans) - 1)], ROW) is any(booleans)


@given(values)
def test_and_over_all_is_what_words_alone_are(booleans: list[bool]) -> None:
    assert matches([*pushes(booleans), "#" + "&" * (len(booleans) - 1)], ROW) is all(booleans)


@given(values)
def test_not_of_or_is_and_of_nots(booleans: list[bool]) -> None:
    joins = len(booleans) - 1
    negated = [word for value in pushes(booleans) for word in (value, "#!")]
    assert matches([*pushes(booleans), "#" + "|" * joins + "!"], ROW) is matches([*negated, "#" + "&" * joins], ROW)


@given(values, st.integers(0, 12))
def test_a_final_index_leaves_that_value_alone(booleans: list[bool], index: int) -> None:
    expected = booleans[-1 - index] if index < len(booleans) else True
    assert matches([*pushes(booleans), f"#{index}"], ROW) is expected


@given(values, st.integers(0, 12))
def test_an_index_before_a_dot_pushes_a_copy(booleans: list[bool], index: int) -> None:
    copied = booleans[-1 - index] if index < len(booleans) else True
    assert matches([*pushes(booleans), f"#{index}."], ROW) is (all(booleans) and copied)


@given(st.lists(st.text(max_size=12), max_size=6), st.dictionaries(st.text(min_size=1, max_size=3), st.text()))
def test_any_words_give_a_verdict_or_a_trap(words: list[str], row: dict[str, str]) -> None:
    with suppress(Trap):
        assert matches(words, row) in (True, False)
