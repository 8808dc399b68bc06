"""The order of a chain: bands, ranks, places, and the fewest moves."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.engine import mark, order
from isthmus.engine.mark import Mark
from isthmus.engine.order import NoAnchor, Place, Slot


def owner(name: str, band: str = "u", beside: str = "") -> Mark:
    made = mark.make("project", "stack", "type", name, band)
    return made.beside(beside) if beside else made


def applied(actual: list[str], plan: list[tuple[str, str | None]]) -> list[str]:
    rows = list(actual)
    for row, before in plan:
        rows.remove(row)
        rows.insert(len(rows) if before is None else rows.index(before), row)
    return rows


def longest_rising(numbers: list[int]) -> int:
    for length in range(len(numbers), 0, -1):
        if any(list(pick) == sorted(pick) for pick in combinations(numbers, length)):
            return length
    return 0


@given(st.permutations(range(7)))
def test_moves_reach_the_wanted_order_and_are_fewest(numbers: list[int]) -> None:
    actual = [str(number) for number in numbers]
    wanted = sorted(actual)
    plan = order.moves(actual, wanted)
    assert applied(actual, plan) == wanted
    assert len(plan) == len(actual) - longest_rising(numbers)


@given(st.permutations(range(10)), st.sets(st.integers(0, 9)))
def test_rows_that_may_not_be_moved_are_not(numbers: list[int], fixed: set[int]) -> None:
    in_order = iter(sorted(fixed))
    actual = [str(next(in_order) if number in fixed else number) for number in numbers]
    plan = order.moves(actual, sorted(actual), lambda row: int(row) not in fixed)
    assert applied(actual, plan) == sorted(actual)
    assert not {int(row) for row, _ in plan} & fixed


@given(st.permutations(["t", "f", "u", "l", "b"]), st.integers(0, 3))
def test_owners_settle_in_their_bands_in_whatever_order_they_come(bands: list[str], foreign: int) -> None:
    chain = [Slot(f"foreign{number}") for number in range(foreign)]
    for band in bands:
        layout = order.layout(chain, owner(band, band), [band])
        at = layout.index(band)
        chain = [*chain[:at], Slot(band, owner(band, band)), *chain[at:]]
    assert [slot.id for slot in chain] == ["t", "f", "u", "l", *[f"foreign{number}" for number in range(foreign)], "b"]


@given(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=2))
def test_owners_of_one_band_agree_on_their_order(names: list[str]) -> None:
    chain: list[Slot] = []
    for name in names:
        at = order.layout(chain, owner(name), [name]).index(name)
        chain = [*chain[:at], Slot(name, owner(name)), *chain[at:]]
    assert [slot.id for slot in chain] == sorted(names, key=lambda name: owner(name).rank)
    for name in names:
        assert order.layout(chain, owner(name), [name]) == [slot.id for slot in chain]


def test_a_foreign_rule_on_top_leaves_the_band_out_of_place() -> None:
    mine = owner("bypass", "t")
    chain = [Slot("foreign"), Slot("mine", mine)]
    assert order.layout(chain, mine, ["mine"]) == ["mine", "foreign"]


def test_another_owners_displaced_rows_do_not_drag_mine_along() -> None:
    mine, other = owner("mine", "u"), owner("other", "t")
    chain = [Slot("mine", mine), Slot("foreign"), *[Slot(f"other{number}", other) for number in range(5)]]
    assert order.layout(chain, mine, ["mine"])[0] == "mine"


def test_a_place_is_beside_its_anchor() -> None:
    anchor = owner("anchor")
    chain = [Slot("a1", anchor), Slot("a2", anchor), Slot("foreign", None, "drop all")]
    assert order.layout(chain, owner("x", "p"), ["x"], Place("before", str(anchor))) == ["x", "a1", "a2", "foreign"]
    assert order.layout(chain, owner("x", "s"), ["x"], Place("after", str(anchor))) == ["a1", "a2", "x", "foreign"]
    assert order.layout(chain, owner("x", "p"), ["x"], Place("before", "drop all")) == ["a1", "a2", "x", "foreign"]


def test_an_anchored_row_is_not_parted_from_its_anchor() -> None:
    names = sorted("ab", key=lambda name: owner(name).rank)
    chain = [Slot("anchor", owner(names[0])), Slot("beside", owner("beside", "s", str(owner(names[0]))))]
    assert order.layout(chain, owner(names[1]), ["mine"]) == ["anchor", "beside", "mine"]


def test_an_anchor_that_is_gone_is_said() -> None:
    with pytest.raises(NoAnchor, match="drop all"):
        order.layout([], owner("x", "p"), ["x"], Place("before", "drop all"))


def test_rows_that_stand_beside_mine_move_with_mine() -> None:
    mine = str(owner("mine"))
    beside = [Slot("p", owner("p", "p", mine)), Slot("mine", owner("mine")), Slot("s", owner("s", "s", mine))]
    chain = [Slot("foreign"), Slot("other", owner("other", "p", "drop all")), *beside, Slot("last", None, "drop all")]
    block = order.retinue(chain, ["mine"])
    assert block == ["p", "mine", "s"]
    assert order.layout(chain, owner("mine"), block) == ["p", "mine", "s", "foreign", "other", "last"]


CHAIN = ["t1", "t2", "first", "p", "u1", "u2", "s", "last", "foreign", "e1", "e2"]
ANCHOR = owner("user")
OWNERS = {
    "top": (owner("top", "t"), ["t1", "t2"], Place()),
    "first": (owner("first", "f"), ["first"], Place()),
    "before": (owner("before", "p", str(ANCHOR)), ["p"], Place("before", str(ANCHOR))),
    "user": (ANCHOR, ["u1", "u2"], Place()),
    "after": (owner("after", "s", str(ANCHOR)), ["s"], Place("after", str(ANCHOR))),
    "last": (owner("last", "l"), ["last"], Place()),
    "end": (owner("end", "b"), ["e1", "e2"], Place()),
}
SLOTS = {row: Slot(row, mine, row) for mine, rows, _ in OWNERS.values() for row in rows} | {"foreign": Slot("foreign")}


def settled(chain: list[str], name: str) -> list[str]:
    mine, rows, place = OWNERS[name]
    slots = [SLOTS[row] for row in chain]
    block = order.retinue(slots, rows)
    return applied(chain, order.moves(chain, order.layout(slots, mine, block, place), set(block).__contains__))


@settings(max_examples=500)
@given(st.data(), st.permutations(sorted(OWNERS)))
def test_after_any_one_move_by_hand_every_owner_settles_at_once(data: st.DataObject, owners: list[str]) -> None:
    row = data.draw(st.sampled_from(CHAIN))
    chain = [each for each in CHAIN if each != row]
    chain.insert(data.draw(st.integers(0, len(chain))), row)
    for name in owners:
        chain = settled(chain, name)
    assert chain == CHAIN


@given(st.permutations(["b", "c", "d"]), st.sampled_from(["before", "after"]))
def test_several_beside_one_anchor_stay(names: list[str], side: str) -> None:
    band = "p" if side == "before" else "s"
    chain = [Slot("foreign"), Slot("anchor", owner("anchor")), Slot("foreign too")]
    place = Place("before" if side == "before" else "after", str(owner("anchor")))
    for name in names:
        at = order.layout(chain, owner(name, band, str(owner("anchor"))), [name], place).index(name)
        chain = [*chain[:at], Slot(name, owner(name, band, str(owner("anchor")))), *chain[at:]]
    for name in names:
        assert order.layout(chain, owner(name, band, str(owner("anchor"))), [name], place) == [
            slot.id for slot in chain
        ]


@given(st.permutations(["second", "third"]))
def test_rows_that_follow_each_other_stay(names: list[str]) -> None:
    before = {"second": "first", "third": "second"}
    marks = {name: owner(name, "s", str(owner(ahead))) for name, ahead in before.items()}
    chain = [
        Slot("first", owner("first", "t")),
        Slot("second", marks["second"]),
        Slot("third", marks["third"]),
    ]
    for name in names:
        place = Place("after", str(owner(before[name])))
        assert order.layout(chain, marks[name], [name], place) == ["first", "second", "third"]


def test_a_rule_that_is_named_by_its_comment_and_is_a_resources_says_so() -> None:
    mine, theirs = owner("mine"), owner("theirs")
    with pytest.raises(NoAnchor, match=f"the rule 'by hand' belongs to the resource with the mark {theirs}"):
        order.layout([Slot("*1", theirs, "by hand")], mine, ["*2"], Place("before", "by hand"))
