"""Whose the rows of a chain are: ours, others', nobody's, and those that are taken over or removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from isthmus.engine import identity
from isthmus.engine.changes import Words
from isthmus.engine.identity import Row
from isthmus.engine.mark import Mark
from isthmus.engine.menu import Menu
from isthmus.engine.rows import mostly, own
from isthmus.engine.version import Version
from isthmus.errors import DeviceError
from isthmus.transact.router import Router
from isthmus.transact.rows.declared import Kept, Rows, told


def ours(wanted: Rows, chain: Sequence[Row], kept: Kept | None, version: Version, *, certain: bool = True) -> list[Row]:
    """Return the rows with one of our marks, and recorded rows that lost it.

    Where the state recorded some of the marked ones, others are copies made by hand; not where a killed run made rows
    that no state knows (not `certain`).
    """
    owners = {mark.same_owner for mark in (wanted.mark, kept.mark if kept else None) if mark}
    marked = [row for row in chain if (holder := identity.owner(row)) and holder.same_owner in owners]
    if kept is None:
        return marked
    known = [row for row in marked if row[".id"] in set(kept.ids)] if certain else []
    mine = known or marked
    found = {row[".id"] for row in [*mine, *_unmarked(wanted, chain, mine, kept, version)]}
    return [row for row in chain if row[".id"] in found]


def _unmarked(wanted: Rows, chain: Sequence[Row], mine: Sequence[Row], kept: Kept, version: Version) -> Iterator[Row]:
    """Return the recorded rows whose mark somebody took away: of nobody, and as one of ours was that is missing."""
    menu, ids = wanted.menu, set(kept.ids)
    there = [own(menu, row, version) for row in mine]
    held = set(match(menu, there, kept.words)) if len(mine) < len(kept.words) else set(range(len(kept.words)))
    missing = [words for at, words in enumerate(kept.words) if at not in held]
    named = [] if wanted.exclusive else [name for name in menu.key if name != menu.group]
    for row in chain if missing else ():
        if identity.owner(row) is not None:
            continue
        words = own(menu, row, version)
        lost = next((each for each in missing if _recorded(named, each, words, known=row[".id"] in ids)), None)
        if lost is not None:
            missing.remove(lost)
            yield row


def _recorded(named: Sequence[str], ours: Words, words: Words, *, known: bool) -> bool:
    """Tell whether a row is one that we had: it has its key, or its id (`known`) and most of its words.

    A router that was reset gives ids anew, so that an id alone tells nothing.
    """
    if named:
        return _same(named, ours) == _same(named, words)
    return known and mostly(ours, words)


def nobodys(row: Row, mark: Mark) -> bool:
    """Tell whether a row is no resource's: it has no mark, or a copy of ours."""
    holder = identity.owner(row)
    return holder is None or holder.same_owner == mark.same_owner


def static(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that the router does not make itself: those are not ours to order."""
    return [row for row in rows if row.get("dynamic") != "true"]


def claimed(router: Router, wanted: Rows, chain: Sequence[Row], mine: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the foreign rows that are taken over, and those that an exclusive owner removes."""
    others = [row for row in chain if row not in mine]
    foreign = [row for row in others if identity.owner(row) is None]
    if wanted.exclusive and len(foreign) < len(others):
        holder = next(mark for row in others if (mark := identity.owner(row)))
        where = f"{wanted.menu.path}: {wanted.menu.group} {wanted.group}"
        remedy = "drop exclusive here, or remove them there; if this one was renamed, name the former in `aliases`"
        raise DeviceError(router.name, f"{where} has rows of another resource (mark {holder}); {remedy}")
    partners = match(wanted.menu, wanted.rows, [own(wanted.menu, row, router.version) for row in foreign])
    same = [foreign[index] for index in partners if index is not None]
    if same and wanted.menu.key and not wanted.adopt:
        words = own(wanted.menu, same[0], router.version)
        raise DeviceError(
            router.name,
            f"{wanted.menu.path}: {told(wanted, words)} exists already and is not ours; take it over with adopt=True, "
            "or remove it",
        )
    taken = same if wanted.adopt else []
    if taken and wanted.menu.ordered and not wanted.placed:
        raise DeviceError(
            router.name,
            f"{wanted.menu.path}: {told(wanted, own(wanted.menu, taken[0], router.version))} is to be adopted, and "
            "would move above all rules that are not ours; say where it stands: place=routeros.bottom(), before(...) "
            "or after(...)",
        )
    return taken, [row for row in foreign if row not in taken] if wanted.exclusive else []


def match(menu: Menu, wanted: Sequence[Words], actual: Sequence[Words]) -> list[int | None]:
    """Return for each wanted row the actual one that is the same: by key, else by all words."""
    names = [name for name in menu.key if name != menu.group]
    waiting: dict[object, list[int]] = {}
    for index, words in enumerate(actual):
        waiting.setdefault(_same(names, words), []).append(index)
    return [waiting[_same(names, words)].pop(0) if waiting.get(_same(names, words)) else None for words in wanted]


def _same(names: Sequence[str], words: Words) -> object:
    return tuple(words.get(name) for name in names) or frozenset(words.items())
