"""The steps that carry out a plan, each with what takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isthmus.engine.changes import Change, Words
from isthmus.engine.identity import Row
from isthmus.engine.menu import Menu
from isthmus.engine.rows import Plan, becoming, own
from isthmus.transact import placing
from isthmus.transact.batches import Step
from isthmus.transact.commands import adding, moving, printing, removing, setting
from isthmus.transact.router import Router
from isthmus.transact.rows.declared import Rows, Standing, told
from isthmus.transports.routeros import Command


def chain_of(wanted: Rows) -> Command:
    """Return the command that prints the rows' group."""
    return printing(wanted.menu.path, f"{wanted.menu.group}={wanted.group}")


def planned(wanted: Rows, work: Plan, chain: Sequence[Row]) -> list[Step]:
    """Return the steps of a plan, but for what it removes."""
    menu, rows = wanted.menu, {row[".id"]: row for row in chain}
    behind = placing.behind(chain)
    steps = [
        Step(command, f"change {told(wanted, given.set)}", undo=setting(menu, row, _inverse(menu, rows[row], given)))
        for row, given in work.set
        for command in setting(menu, row, given)
    ]
    steps += [
        Step(moving(menu, row, before), f"move {row}", undo=[moving(menu, row, behind.get(row))])
        for row, before in work.move
    ]
    steps += [
        Step(
            adding(menu, {**words, menu.group: wanted.group}, wanted.mark, before),
            f"add {told(wanted, words)}",
            menu.path,
        )
        for words, before in work.add
    ]
    return steps


def removals(router: Router, wanted: Rows, work: Plan, chain: Sequence[Row], gone: Sequence[Row]) -> list[Step]:
    """Return the steps that remove rows: what is gone cannot be undone, so they go when all else was accepted."""
    return [_removing(router, wanted, row) for row in [*[row for row in chain if row[".id"] in work.remove], *gone]]


def _inverse(menu: Menu, row: Row, given: Change) -> Change:
    """Return what takes a change of a row back: no word that it does not touch, which the router may not know."""
    touched = [*given.set, *given.unset]
    words = {name: row.get(name, "") for name in touched if name in row or name == "comment"}
    gone = (menu.by_name[name] for name in touched if name not in words)
    return Change(words, tuple(word.name for word in gone if word.unset))


def letting_go(router: Router, wanted: Rows, row: Row, former: Words | None) -> list[Step]:
    """Return the steps that remove a row of ours, or give one back that was another's before."""
    if former is None:
        return [_removing(router, wanted, row)]
    actual = own(wanted.menu, row, router.version)
    back = becoming(wanted.menu, former, actual, router.version)
    given = Change({**back.set, "comment": former.get("comment", "")}, back.unset)
    return [Step(command, f"give back {told(wanted, former)}") for command in setting(wanted.menu, row[".id"], given)]


def _removing(router: Router, wanted: Rows, row: Row) -> Step:
    return Step(removing(wanted.menu, row[".id"]), f"remove {told(wanted, own(wanted.menu, row, router.version))}")


def adding_foreign(wanted: Rows, words: Words) -> Command:
    """Return the command that makes another's row again, as it was."""
    return Command(f"{wanted.menu.path}/add", {wanted.menu.group: wanted.group, **words})


def putting_back(wanted: Rows, chain: Sequence[Row], former: Sequence[Standing], now: Mapping[str, str]) -> list[Step]:
    """Return the moves that put others' rows where they stood; `now` tells the new ids of those made again.

    The last goes first, so that the row behind each is in its place already.
    """
    there = {row[".id"] for row in chain} | set(now)
    last_first = reversed([standing for standing in former if standing.row in there])
    return [
        Step(
            moving(wanted.menu, now.get(row, row), now.get(behind, behind) or None),
            f"move {told(wanted, words)} back",
        )
        for words, row, behind in last_first
        if behind in there or not behind
    ]
