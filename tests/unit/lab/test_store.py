"""Rows of a menu: order, ids and indexes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus_lab.routeros.schema import Argument, Menu, Unique
from isthmus_lab.routeros.store import Row, Table
from isthmus_lab.routeros.values import plain

UNIQUE = Unique(("name",), "taken")


def table(*names: str) -> Table:
    arguments = {"name": Argument("name", plain.name)}
    made = Table(Menu("/menu", "list", arguments, ordered=True, unique=(UNIQUE,)))
    for number, name in enumerate(names, start=1):
        made.insert(Row(number, {"name": name}))
    return made


def names(of: Table) -> list[str]:
    return [row.values["name"] for row in of.rows]


def test_an_id_is_an_upper_case_hexadecimal_number() -> None:
    assert Row(0x28E).id == "*28E"


def test_a_row_goes_to_the_end_or_before_another_one() -> None:
    rows = table("a", "b")
    rows.insert(Row(7, {"name": "x"}), rows.rows[1])
    assert names(rows) == ["a", "x", "b"]


def test_rows_are_found_by_number_and_name_as_long_as_they_are_there() -> None:
    rows = table("a", "b")
    row = rows.rows[0]
    assert rows.numbered(1) is row
    assert rows.named("a") is row
    rows.remove(row)
    assert rows.numbered(1) is None
    assert rows.named("a") is None


def test_a_renamed_row_is_found_by_its_new_name_only() -> None:
    rows = table("a")
    rows.change(rows.rows[0], {"name": "z"})
    assert rows.named("a") is None
    assert rows.named("z") is rows.rows[0]


def test_what_must_be_unique_is_taken_by_the_row_that_has_it() -> None:
    rows = table("a")
    assert rows.taken_by(UNIQUE, {"name": "a"}) is rows.rows[0]
    assert rows.taken_by(UNIQUE, {"name": "b"}) is None


@pytest.mark.parametrize(
    ("moving", "before", "expected"),
    [
        ([0], None, "bcda"),
        ([3], 0, "dabc"),
        ([3, 0], 1, "dabc"),
        ([2, 1], None, "adcb"),
    ],
)
def test_rows_move_in_the_order_in_which_they_are_named(moving: list[int], before: int | None, expected: str) -> None:
    rows = table(*"abcd")
    rows.move([rows.rows[at] for at in moving], None if before is None else rows.rows[before])
    assert "".join(names(rows)) == expected


@given(st.data())
def test_moving_neither_loses_nor_doubles_a_row(data: st.DataObject) -> None:
    rows = table(*"abcdef")
    moving = data.draw(st.lists(st.sampled_from(rows.rows), unique=True, min_size=1, max_size=5))
    before = data.draw(st.sampled_from([None, *(row for row in rows.rows if row not in moving)]))
    rows.move(moving, before)
    assert sorted(names(rows)) == list("abcdef")
