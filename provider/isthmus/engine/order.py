"""The order of a chain: who stands where, and the fewest moves that get there.

A chain is laid out in bands: what components put on top, what users declare, foreign rules (which stay where
they are), what components put at the end. The owners of one band follow each other by rank, each with its rows
together, so that owners who know nothing of each other agree on one order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, NamedTuple, TypeVar

from isthmus.engine.mark import Mark

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resource's rows stand in their chain.

    side and anchor: `before` or `after` the rows of another resource (its mark) or a foreign rule (its comment).
    Without an anchor the mark's band says it.
    """

    side: Literal["before", "after"] | None = None
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.side} {self.anchor}" if self.side else ""


IN_BAND = Place()


class Slot(NamedTuple):
    """One static row of a chain: its id, its owner and the user's part of its comment."""

    id: str
    owner: Mark | None = None
    comment: str = ""


class NoAnchor(ValueError):  # noqa: N818 - what is the matter
    """The row that a place names is not there."""


def layout(chain: Sequence[Slot], mine: Mark, rows: Sequence[str], place: Place = IN_BAND) -> list[str]:
    """Return the ids of a chain in the order wanted: all others as they stand, the rows of `mine` in their place.

    `rows` may hold ids that are not in the chain yet. NoAnchor is raised where `place` names a row that is gone.
    """
    moved = set(rows)
    others = [slot for slot in chain if slot.id not in moved and not _same(slot, mine)]
    now = next((index for index, slot in enumerate(chain) if slot.id in moved), None)
    at = _beside(others, place, now) if place.side else _in_band(others, mine, now)
    ids = [slot.id for slot in others]
    return [*ids[:at], *rows, *ids[at:]]


def _same(slot: Slot, mine: Mark) -> bool:
    return slot.owner is not None and slot.owner.same_owner == mine.same_owner


def retinue(chain: Sequence[Slot], rows: Sequence[str]) -> list[str]:
    """Return the rows with those around them that stand there for their sake: they move together."""
    at = [index for index, slot in enumerate(chain) if slot.id in set(rows)]
    if not at or _band(chain[at[0]]) in "ps":
        return list(rows)
    leading = list(takewhile(lambda slot: _band(slot) == "p", reversed(chain[: at[0]])))
    trailing = list(takewhile(lambda slot: _band(slot) == "s", chain[at[-1] + 1 :]))
    return [*[slot.id for slot in reversed(leading)], *rows, *[slot.id for slot in trailing]]


def _band(slot: Slot) -> str:
    return slot.owner.band if slot.owner else "-"


def _beside(others: Sequence[Slot], place: Place, now: int | None) -> int:
    """Return the place beside an anchor: directly there, or where the rows are if only such rows stand between."""
    found = [index for index, slot in enumerate(others) if _is_anchor(slot, place.anchor)]
    if not found:
        raise NoAnchor(f"no rule {place.anchor!r} stands in this chain")
    if place.side == "before":
        between = list(takewhile(lambda slot: _band(slot) == "p", reversed(others[: found[0]])))
        low, high, at = found[0] - len(between), found[0], found[0]
    else:
        at = found[-1] + 1
        between = list(takewhile(lambda slot: _band(slot) == "s", others[at:]))
        low, high = at, at + len(between)
    return now if now is not None and low <= now <= high else at


def _is_anchor(slot: Slot, anchor: str) -> bool:
    if slot.owner is not None:
        return "-".join(slot.owner.same_owner) == anchor.partition("-")[2]
    return slot.comment == anchor != ""


def _in_band(others: Sequence[Slot], mine: Mark, now: int | None) -> int:
    """Return the place with the least wrong about it, nearest to where my rows are now.

    Another owner's row that was displaced is its own owner's to put back: it must not drag mine along, so
    foreign rows, which nobody moves, weigh more than all others together.
    """
    heavy = len(others) + 1
    weights = [heavy if slot.owner is None else 0 if slot.owner.anchored else 1 for slot in others]
    ahead = [_ahead(slot, mine) for slot in others]
    wrong = sum(weight for weight, first in zip(weights, ahead, strict=True) if first)
    best = (wrong + _splits(others, 0, now), abs(now or 0), 0)
    for index, (weight, first) in enumerate(zip(weights, ahead, strict=True), 1):
        wrong += -weight if first else weight
        best = min(best, (wrong + _splits(others, index, now), abs(index - (now or 0)), index))
    return best[2]


def _ahead(slot: Slot, mine: Mark) -> bool:
    """Foreign rows are between the user's band and the bottom."""
    return mine.band == "b" if slot.owner is None else slot.owner.rank < mine.rank


def _splits(others: Sequence[Slot], index: int, now: int | None) -> float:
    """Standing between a row and one that is anchored to it is wrong, but less than anything else.

    Where my rows are already, an anchored neighbour is mine.
    """
    if index == now:
        return 0
    before = others[index - 1].owner if index else None
    behind = others[index].owner if index < len(others) else None
    return 0.5 * ((before is not None and before.band == "p") + (behind is not None and behind.band == "s"))


def moves(
    actual: Sequence[T], wanted: Sequence[T], movable: Callable[[T], bool] = lambda _: True
) -> list[tuple[T, T | None]]:
    """Return the fewest moves that bring `actual` into the order of `wanted`, each as (what, before what or None).

    Both hold the same items. Items that are not movable must stand in the same order in both.
    """
    position = {item: index for index, item in enumerate(wanted)}
    settled = _settled(actual, position, movable)
    plan: list[tuple[T, T | None]] = []
    before: T | None = None
    for item in reversed(wanted):
        if item not in settled:
            plan.append((item, before))
        before = item
    return plan


def _settled(items: Sequence[T], position: Mapping[T, int], movable: Callable[[T], bool]) -> set[T]:
    """Return the items of a longest rising run that holds every fixed one."""
    kept = {item for item in items if not movable(item)}
    low, run = -1, []
    for item in items:
        if movable(item):
            run.append(item)
            continue
        kept.update(_rising([entry for entry in run if low < position[entry] < position[item]], position))
        low, run = position[item], []
    kept.update(_rising([entry for entry in run if low < position[entry]], position))
    return kept


def _rising(items: Sequence[T], position: Mapping[T, int]) -> list[T]:
    """Return a longest rising subsequence (patience sorting, O(n log n))."""
    tops: list[int] = []
    last: list[T] = []
    previous: dict[T, T | None] = {}
    for item in items:
        pile = bisect_left(tops, position[item])
        previous[item] = last[pile - 1] if pile else None
        tops[pile : pile + 1] = [position[item]]
        last[pile : pile + 1] = [item]
    run: list[T] = []
    link: T | None = last[-1] if last else None
    while link is not None:
        run.append(link)
        link = previous[link]
    return run[::-1]
