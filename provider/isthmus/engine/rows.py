"""Rows that belong together: which are matched, changed, added, moved and removed to become as declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice, pairwise

from isthmus.engine import order
from isthmus.engine.changes import UNSET, Change, Words
from isthmus.engine.identity import Row, owner
from isthmus.engine.mark import Mark, join, split
from isthmus.engine.menu import Menu
from isthmus.engine.order import IN_BAND, Place, Slot
from isthmus.engine.version import Version

__all__ = ["IN_BAND", "Plan", "becoming", "declared", "match", "mostly", "own", "plan", "respelled", "slots", "summary"]

_COMPARISONS = 250_000
"""Pairs of rows that are compared for likeness at most: what a preview does in a fraction of a second."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes a list as declared; applied in the order of the fields."""

    set: list[tuple[str, Change]] = field(default_factory=list)
    move: list[tuple[str, str | None]] = field(default_factory=list)
    add: list[tuple[dict[str, str], str | None]] = field(default_factory=list)
    """The words of each new row, without its mark, and the id of the row that it comes before; None is the end."""
    remove: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.set or self.move or self.add or self.remove)


def own(menu: Menu, row: Row, version: Version) -> dict[str, str]:
    """Return what a row declares: its words that differ from what the router gives every row by itself."""
    shown = {name: text for name, text in menu.canonical(row).items() if name not in {menu.group, "comment"}}
    words = declared(menu, shown, version)
    comment = split(row.get("comment", ""))[0]
    return {**words, "comment": comment} if comment else words


def declared(menu: Menu, words: Words, version: Version) -> dict[str, str]:
    """Return wanted words without those that say what the router does by itself."""
    return {name: text for name, text in words.items() if text != (menu.by_name[name].default_of(version) or UNSET)}


def respelled(menu: Menu, rows: Sequence[Words], recorded: Sequence[Words], version: Version) -> list[dict[str, str]]:
    """Return rows as their declaration spelled them: a word at its default is shown where it was spelled out."""
    partner = match(menu, rows, [declared(menu, words, version) for words in recorded])
    return [
        {**_defaults(menu, recorded[index] if index is not None else {}, version), **words}
        for words, index in zip(rows, partner, strict=True)
    ]


def _defaults(menu: Menu, words: Words, version: Version) -> dict[str, str]:
    known = {name: menu.by_name[name].default_of(version) for name in words if name in menu.by_name}
    return {name: text for name, text in known.items() if text is not None}


def plan(
    menu: Menu,
    chain: Sequence[Row],
    mine: Sequence[Row],
    wanted: Sequence[Words],
    mark: Mark,
    place: Place,
    version: Version,
) -> Plan:
    """Return what makes the rows `mine` of a chain as `wanted`, in order and place."""
    target = [declared(menu, words, version) for words in wanted]
    actual = [own(menu, row, version) for row in mine]
    partner = [
        None if index is None or _stuck(menu, words, actual[index], version) else index
        for words, index in zip(target, match(menu, target, actual), strict=True)
    ]
    ids = [mine[index][".id"] if index is not None else None for index in partner]
    gone = [row[".id"] for row in mine if row[".id"] not in ids]
    changed = [
        (row[".id"], change)
        for words, index in zip(target, partner, strict=True)
        if index is not None
        for row in [mine[index]]
        if (change := _change(menu, words, actual[index], row, mark, version))
    ]
    if not menu.ordered:
        return Plan(
            changed, [], [(dict(words), None) for words, row in zip(target, ids, strict=True) if row is None], gone
        )
    kept = [row for row in ids if row is not None]
    held = set(kept)
    standing = [slot._replace(owner=mark) if slot.id in held else slot for slot in slots(chain) if slot.id not in gone]
    block = order.retinue(standing, kept)
    layout = order.layout(standing, mark, block, place)
    moved = order.moves([slot.id for slot in standing], layout, set(block).__contains__)
    return Plan(changed, moved, _additions(target, ids, layout, standing, mark, place), gone)


def _additions(
    target: Sequence[Words],
    ids: Sequence[str | None],
    layout: list[str],
    slots: Sequence[Slot],
    mark: Mark,
    place: Place,
) -> list[tuple[dict[str, str], str | None]]:
    """New rows are added from the first to the last, each before the next row that is already there."""
    kept = [row for row in ids if row is not None]
    behind = layout[layout.index(kept[-1]) + 1 :] if kept else _behind_new(slots, mark, place)
    before: str | None = behind[0] if behind else None
    added = []
    for words, row in zip(reversed(target), reversed(ids), strict=True):
        if row is None:
            added.append((dict(words), before))
        else:
            before = row
    return added[::-1]


def _behind_new(slots: Sequence[Slot], mark: Mark, place: Place) -> list[str]:
    layout = order.layout(slots, mark, ["new"], place)
    return layout[layout.index("new") + 1 :]


def _stuck(menu: Menu, words: Words, actual: Words, version: Version) -> bool:
    """Tell whether a row has a word that only a new row can be without."""
    surplus = [menu.by_name[name] for name in actual if name not in words and name != "comment"]
    return not all(word.removable(version) for word in surplus)


def slots(chain: Sequence[Row]) -> list[Slot]:
    """Return the rows of a chain that can be ordered: not those that the router makes itself."""
    return [Slot(row[".id"], owner(row), split(row.get("comment", ""))[0]) for row in chain if not _own_of_router(row)]


def _own_of_router(row: Row) -> bool:
    return any(row.get(flag) == "true" for flag in ("dynamic", "default", "builtin", "template"))


def _change(menu: Menu, words: Words, actual: Words, row: Row, mark: Mark, version: Version) -> Change:
    given = becoming(menu, words, actual, version)
    comment = join(words.get("comment", ""), mark)
    return given if row.get("comment", "") == comment else Change({**given.set, "comment": comment}, given.unset)


def becoming(menu: Menu, words: Words, actual: Words, version: Version) -> Change:
    """Return what makes a row say these words alone: others go back to their defaults, or are unset.

    The comment is left to the caller, for a mark may stand behind it.
    """
    values = {name: text for name, text in words.items() if name != "comment" and actual.get(name) != text}
    surplus = [name for name in actual if name not in words and name != "comment"]
    defaults = {name: menu.by_name[name].default_of(version) for name in surplus}
    values |= {name: text for name, text in defaults.items() if text is not None}
    return Change(values, tuple(sorted(name for name, text in defaults.items() if text is None)))


def summary(menu: Menu, before: Sequence[Words], after: Sequence[Words]) -> str:
    """Say in a line what comes, goes, changes and moves."""
    partner = match(menu, after, before)
    kept = [index for index in partner if index is not None]
    moved = len(order.moves(sorted(kept), kept)) if menu.ordered else 0
    changed = sum(before[index] != words for words, index in zip(after, partner, strict=True) if index is not None)
    parts = [
        (len(after) - len(kept), "to add"),
        (len(before) - len(kept), "to remove"),
        (changed, "to change"),
        (moved, "to move"),
    ]
    return ", ".join(f"{count} {what}" for count, what in parts if count)


def match(menu: Menu, wanted: Sequence[Words], actual: Sequence[Words]) -> list[int | None]:
    """Return for each wanted row the actual one that becomes it: an equal one, else the likeliest left over.

    Where a menu refuses two rows of one key, the row that has the key stays the one that has it. In an order, what
    stands alone between the same neighbours is the same rule, whatever has become of it.
    """
    partner: list[int | None] = [None] * len(wanted)
    free = dict.fromkeys(range(len(actual)))
    for likeness in (_all_words, partial(_key, menu), _comment):
        _pair(wanted, actual, partner, free, likeness)
    _pair_between(partner, free, len(actual), lambda index, row: _alike(wanted[index], actual[row]))
    _pair_likeliest(wanted, actual, partner, free)
    if menu.ordered and not menu.key:
        _pair_between(partner, free, len(actual), lambda _index, _row: True)
    return partner


def _pair_between(
    partner: list[int | None], free: dict[int, None], length: int, fits: Callable[[int, int], bool]
) -> None:
    """Match as many open rows as stand between two matched neighbours with those that stood between these, in turn."""
    ends = [(-1, -1), *[(index, row) for index, row in enumerate(partner) if row is not None], (len(partner), length)]
    for (index, row), (next_index, next_row) in pairwise(ends):
        between = [at for at in range(row + 1, next_row) if at in free]
        if len(between) != next_index - index - 1 or len(between) != next_row - row - 1:
            continue
        for at, candidate in zip(range(index + 1, next_index), between, strict=True):
            if fits(at, candidate):
                partner[at] = candidate
                free.pop(candidate)


def _pair_likeliest(
    wanted: Sequence[Words], actual: Sequence[Words], partner: list[int | None], free: dict[int, None]
) -> None:
    """Match each open row with the likest one left; where that were too much work, with the next one left."""
    open_rows = [index for index, row in enumerate(partner) if row is None]
    near = 1 if len(open_rows) * len(free) > _COMPARISONS else len(free)
    for index in open_rows:
        candidates = [row for row in islice(free, near) if _alike(wanted[index], actual[row])]
        if candidates:
            row = partner[index] = max(candidates, key=lambda row: _common(wanted[index], actual[row]))
            free.pop(row)


def _pair(
    wanted: Sequence[Words],
    actual: Sequence[Words],
    partner: list[int | None],
    free: dict[int, None],
    key: Callable[[Words], object],
) -> None:
    """Match rows with equal keys, the first with the first; a row without a key is passed over."""
    waiting: defaultdict[object, list[int]] = defaultdict(list)
    for candidate in reversed(list(free)):
        waiting[key(actual[candidate])].append(candidate)
    for index, words in enumerate(wanted):
        if partner[index] is None and key(words) and waiting[key(words)]:
            partner[index] = row = waiting[key(words)].pop()
            free.pop(row)


def _all_words(words: Words) -> object:
    return frozenset(words.items())


def _key(menu: Menu, words: Words) -> object:
    return tuple(words.get(name) for name in menu.key if name != menu.group)


def _comment(words: Words) -> object:
    return words.get("comment")


def _alike(wanted: Words, actual: Words) -> bool:
    """Half of the words in common make one rule a changed form of another."""
    return 2 * _common(wanted, actual) >= max(len(wanted), len(actual))


def mostly(ours: Words, actual: Words) -> bool:
    """Tell whether a row says most of what one of ours did, or all of it but for the comment."""
    bare = [{name: text for name, text in words.items() if name != "comment"} for words in (ours, actual)]
    return bare[0] == bare[1] or 2 * _common(ours, actual) > max(len(ours), len(actual))


def _common(one: Words, other: Words) -> int:
    return len(one.items() & other.items())
