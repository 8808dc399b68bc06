"""The order of a chain: who stands where, and the fewest moves that get there.

A chain is laid out in bands: what components put on top, what users declare, foreign rules (which stay where
they are), what components put at the end. The owners of one band follow each other by rank, each with its rows
together, so that owners who know nothing of each other agree on one order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import islice, takewhile
from operator import itemgetter
from typing import Literal, NamedTuple, TypeVar

from isthmus.engine.mark import Mark, alias, called

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


FOREIGN = (3.5, "", "")
"""The rank of a row that is nobody's: between the bands of those that come last and of the bottom."""


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
    if not place.side and (staying := _staying(chain, rows)):
        base = [slot.id for slot in chain if slot.id in staying or not (slot.id in moved or _same(slot, mine))]
        return _joined(base, rows, staying)
    at = _beside(others, place, _first(chain, others, moved)) if place.side else _in_band(chain, others, mine, moved)
    ids = [slot.id for slot in others]
    return [*ids[:at], *rows, *ids[at:]]


def _staying(chain: Sequence[Slot], rows: Sequence[str]) -> set[str]:
    """Return those of my rows that stand in order, with others and among themselves."""
    position, orderly = {row: index for index, row in enumerate(rows)}, _orderly(tuple(chain))
    there = [slot.id for slot in chain if slot.id in orderly and slot.id in position]
    return set(_rising(there, position, lambda _: 1))


def _joined(base: Sequence[str], rows: Sequence[str], staying: AbstractSet[str]) -> list[str]:
    """Put my other rows before or behind those that stay; what others have left between is theirs to put away."""
    first = next(index for index, row in enumerate(rows) if row in staying)
    company: dict[str, list[str]] = {rows[first]: list(rows[: first + 1])}
    holder = rows[first]
    for row in rows[first + 1 :]:
        holder = row if row in staying else holder
        company.setdefault(holder, []).append(row)
    return [row for entry in base for row in company.get(entry, [entry])]


def _same(slot: Slot, mine: Mark) -> bool:
    return slot.owner is not None and slot.owner.same_owner == mine.same_owner


def retinue(chain: Sequence[Slot], rows: Sequence[str]) -> list[str]:
    """Return the rows with those around them that stand there for their sake: they move together."""
    mine = set(rows)
    at = [index for index, slot in enumerate(chain) if slot.id in mine]
    if not at:
        return list(rows)
    sides = _sides(chain, [chain[index] for index in at])
    leading = list(takewhile(lambda slot: sides.get(slot.id) == "p", reversed(chain[: at[0]])))
    trailing = list(takewhile(lambda slot: sides.get(slot.id) == "s", chain[at[-1] + 1 :]))
    return [*[slot.id for slot in reversed(leading)], *rows, *[slot.id for slot in trailing]]


def _sides(chain: Sequence[Slot], anchors: Sequence[Slot]) -> dict[str, str]:
    """Return on which side (`p` or `s`) of some rows others stand for their sake, or for the sake of such others."""
    beside = defaultdict(list)
    for slot in chain:
        if slot.owner is not None and slot.owner.anchored:
            beside[slot.owner.anchor].append(slot)
    sides: dict[str, str] = {}
    waiting = [(_alias(slot), "") for slot in anchors]
    while waiting:
        alias, side = waiting.pop()
        for slot in beside.pop(alias, []) if alias else []:
            sides[slot.id] = side or _band(slot)
            waiting.append((_alias(slot), sides[slot.id]))
    return sides


def _alias(slot: Slot) -> str:
    """Return what a row is called in the marks of those that stand beside it."""
    return slot.owner.alias if slot.owner is not None else alias(slot.comment) if slot.comment else ""


def _band(slot: Slot) -> str:
    return slot.owner.band if slot.owner else "-"


def _beside(others: Sequence[Slot], place: Place, now: int | None) -> int:
    """Return the place beside an anchor: directly there, or where the rows are if only such rows stand between."""
    anchor = called(place.anchor)
    found = [index for index, slot in enumerate(others) if _alias(slot) == anchor]
    if not found:
        owned = next((slot.owner for slot in others if slot.owner and slot.comment == place.anchor), None)
        raise NoAnchor(_belongs(place.anchor, owned) if owned else f"no rule {place.anchor!r} stands in this chain")
    sides = _sides(others, [others[index] for index in found])
    if place.side == "before":
        between = list(takewhile(lambda slot: sides.get(slot.id) == "p", reversed(others[: found[0]])))
        low, high, at = found[0] - len(between), found[0], found[0]
    else:
        at = found[-1] + 1
        between = list(takewhile(lambda slot: sides.get(slot.id) == "s", others[at:]))
        low, high = at, at + len(between)
    return now if now is not None and low <= now <= high else at


def _in_band(chain: Sequence[Slot], others: Sequence[Slot], mine: Mark, moved: AbstractSet[str]) -> int:
    """Return the nearest place that is in order with all rows that stand in order, and parts none from its anchor."""
    orderly = _orderly(tuple(chain))
    ranks = [_rank(slot) if slot.id in orderly else None for slot in others]
    low = max((index + 1 for index, rank in enumerate(ranks) if rank and rank < mine.rank), default=0)
    high = next((index for index, rank in enumerate(ranks) if rank and rank > mine.rank), len(others))
    now, roots = _first(chain, others, moved) or 0, _roots(others)
    return min(range(low, high + 1), key=lambda index: (_splits(roots, index), abs(index - now)))


def _belongs(comment: str, owned: Mark) -> str:
    """Say that a rule named by its comment is a resource's, and how to find which: the mark is a hash of its name."""
    found = f"the rule {comment!r} belongs to the resource with the mark {owned}"
    return f"{found} (`pulumi stack export` shows which that is)"


def _first(chain: Sequence[Slot], others: Sequence[Slot], rows: AbstractSet[str]) -> int | None:
    """Return how many of the others stand before the first of some rows, None where none of these is there."""
    ahead = list(takewhile(lambda slot: slot.id not in rows, chain))
    if len(ahead) == len(chain):
        return None
    there = {slot.id for slot in others}
    return sum(slot.id in there for slot in ahead)


@lru_cache(maxsize=16)
def _orderly(chain: tuple[Slot, ...]) -> frozenset[str]:
    """Return the rows that stand in the order of bands and ranks, among themselves and with all foreign rows.

    It is the largest such set, and of several the one that a fixed weight of each row singles out: so all owners
    agree on who is out of place. A row that is put in order with the set joins it, for no other set can gain more,
    and nobody else's row leaves it: one repair by each owner, one after another in any order, settles a chain of
    single rows. An owner of several cannot tell others in which order these belong: where someone shuffles a list and
    also moves another owner's row into it, that other owner may need a second repair.
    """
    banded = [slot for slot in chain if slot.owner is None or not slot.owner.anchored]
    position = {slot.id: index for index, slot in enumerate(sorted(banded, key=_rank))}
    owned = {slot.id for slot in banded if slot.owner is not None}
    return frozenset(_settled([slot.id for slot in banded], position, owned.__contains__, _weight))


@lru_cache(maxsize=65536)
def _weight(row: str) -> int:
    """Return one for a row, and a little of its own, so that no two sets of rows weigh the same."""
    return (1 << 80) + int.from_bytes(blake2b(row.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _rank(slot: Slot) -> tuple[float, str, str]:
    return slot.owner.rank if slot.owner is not None else FOREIGN


def _splits(roots: Sequence[object], index: int) -> bool:
    """Tell whether a place is between a row and one that is anchored to it."""
    return 0 < index < len(roots) and roots[index - 1] == roots[index]


def _roots(chain: Sequence[Slot]) -> list[object]:
    """Return for each row what it stands beside in the end: that whole company is not to be parted."""
    by_alias = {name: slot for slot in chain if (name := _alias(slot))}

    def root(slot: Slot) -> object:
        seen: set[str] = set()
        while slot.owner is not None and slot.owner.anchor in by_alias and slot.owner.anchor not in seen:
            seen.add(slot.owner.anchor)
            slot = by_alias[slot.owner.anchor]
        return slot.owner.same_owner if slot.owner is not None else slot.id

    return [root(slot) for slot in chain]


def moves(
    actual: Sequence[T], wanted: Sequence[T], movable: Callable[[T], bool] = lambda _: True
) -> list[tuple[T, T | None]]:
    """Return the fewest moves that bring `actual` into the order of `wanted`, each as (what, before what or None).

    Items that only `actual` holds stay where they are: copies of ours that were made by hand. Items that are not
    movable must stand in the same order in both.
    """
    position = {item: index for index, item in enumerate(wanted)}
    settled = _settled([item for item in actual if item in position], position, movable)
    plan: list[tuple[T, T | None]] = []
    before: T | None = None
    for item in reversed(wanted):
        if item not in settled:
            plan.append((item, before))
        before = item
    return plan


def _settled(
    items: Sequence[T],
    position: Mapping[T, int],
    movable: Callable[[T], bool],
    weight: Callable[[T], int] = lambda _: 1,
) -> set[T]:
    """Return the items of a heaviest rising run that holds every fixed one; by default the longest."""
    kept = {item for item in items if not movable(item)}
    low, run = -1, []
    for item in items:
        if movable(item):
            run.append(item)
            continue
        kept.update(_rising([entry for entry in run if low < position[entry] < position[item]], position, weight))
        low, run = position[item], []
    kept.update(_rising([entry for entry in run if low < position[entry]], position, weight))
    return kept


def _rising(items: Sequence[T], position: Mapping[T, int], weight: Callable[[T], int]) -> list[T]:
    """Return a heaviest rising subsequence (O(n log n)).

    `front` holds the ends of runs that no other run beats: further on, and heavier.
    """
    front: list[tuple[int, int, T]] = []
    previous: dict[T, T | None] = {}
    for item in items:
        at = bisect_left(front, position[item], key=itemgetter(0))
        previous[item] = front[at - 1][2] if at else None
        total = weight(item) + (front[at - 1][1] if at else 0)
        beaten = sum(1 for _ in takewhile(lambda end: end[1] <= total, islice(front, at, None)))  # noqa: B023
        front[at : at + beaten] = [(position[item], total, item)]
    run: list[T] = []
    link: T | None = front[-1][2] if front else None
    while link is not None:
        run.append(link)
        link = previous[link]
    return run[::-1]
