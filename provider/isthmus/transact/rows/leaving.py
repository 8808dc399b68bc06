"""How rows that one resource owns are let go, and those of others come back."""

from __future__ import annotations

from collections.abc import Sequence

from isthmus.engine import identity
from isthmus.engine.identity import Row
from isthmus.engine.rows import own
from isthmus.transact import journal
from isthmus.transact.batches import Step, run
from isthmus.transact.router import Router
from isthmus.transact.rows import noting
from isthmus.transact.rows.claiming import match, ours, static
from isthmus.transact.rows.declared import Kept, Rows, Standing, told
from isthmus.transact.rows.noting import Note
from isthmus.transact.rows.steps import adding_foreign, chain_of, letting_go, putting_back
from isthmus.transact.transaction import Owner, Transaction, transaction


def remove(router: Router, owner: Owner, wanted: Rows, kept: Kept) -> None:
    """Remove our rows, and give back those that were others' before; what a killed run gave back is not given twice."""
    with transaction(router, owner, [chain_of(wanted), journal.intended(wanted.mark)]) as change:
        noting.hold(router, wanted)
        chain = static(router.rows(wanted.menu.path, change.replies[0]))
        note = Note.read(journal.entry(change.replies[1]))
        left = None if note and note.served(kept) else note
        mine = ours(wanted, chain, kept, router.version, certain=left is None)
        former = noting.united(kept.former, left.former if left else ())
        new = Note("", left.former if left else (), _theirs(wanted, kept, chain, mine, left))
        if note or former:
            change.at_end(journal.done(wanted.mark))
        noted = noting.step(wanted, note, new, served=left is None) if former else []
        _give_back(change, wanted, chain, mine, former, new, noted)
    router.forget(wanted.menu.path)


def _theirs(wanted: Rows, kept: Kept, chain: Sequence[Row], mine: Sequence[Row], left: Note | None) -> frozenset[str]:
    """Return nobody's rows from before the giving back: none where nothing of ours is left, for then all is given."""
    if left and left.theirs is not None:
        return left.theirs
    return frozenset(row[".id"] for row in _free(chain, mine)) if noting.marked(wanted, kept, chain) else frozenset()


def _give_back(
    change: Transaction,
    wanted: Rows,
    chain: Sequence[Row],
    mine: Sequence[Row],
    former: Sequence[Standing],
    note: Note,
    noted: Sequence[Step],
) -> None:
    """Remove and change our rows, add others' that are gone, and put these where they stood."""
    router = change.router
    back = match(wanted.menu, [standing.words for standing in former], _words(router, wanted, mine))
    returned = {index: each.words for index, each in zip(back, former, strict=True) if index is not None}
    open_ones = [standing for index, standing in zip(back, former, strict=True) if index is None]
    there = noting.given_back(router, wanted, open_ones, _free(chain, mine), note.theirs or frozenset())
    missing = [standing for standing in open_ones if standing.row not in there]
    steps = [
        *noted,
        *[step for at, row in enumerate(mine) for step in letting_go(router, wanted, row, returned.get(at))],
    ]
    steps += [Step(adding_foreign(wanted, words), f"add {told(wanted, words)} again") for words, *_ in missing]
    replies = run(change, wanted.menu, steps)
    made = [reply.ret or "" for reply in replies[len(steps) - len(missing) :]]
    same = {each.row: mine[index][".id"] for index, each in zip(back, former, strict=True) if index is not None}
    now = same | there | {standing.row: row for standing, row in zip(missing, made, strict=True)}
    run(change, wanted.menu, putting_back(wanted, chain, former, now) if wanted.menu.ordered else [])


def _free(chain: Sequence[Row], mine: Sequence[Row]) -> list[Row]:
    """Return nobody's rows."""
    ids = {row[".id"] for row in mine}
    return [row for row in chain if identity.owner(row) is None and row[".id"] not in ids]


def _words(router: Router, wanted: Rows, rows: Sequence[Row]) -> list[dict[str, str]]:
    return [own(wanted.menu, row, router.version) for row in rows]
