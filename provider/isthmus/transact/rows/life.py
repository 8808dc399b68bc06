"""The life of rows that one resource owns: made, read and changed as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from isthmus.engine import identity, order
from isthmus.engine.changes import Words
from isthmus.engine.identity import Row
from isthmus.engine.mark import Mark
from isthmus.engine.rows import Plan, own, plan, slots
from isthmus.errors import DeviceError
from isthmus.transact import journal, placing
from isthmus.transact.batches import Step, run
from isthmus.transact.router import Router
from isthmus.transact.rows import noting
from isthmus.transact.rows.claiming import claimed, nobodys, ours, static
from isthmus.transact.rows.declared import Kept, Rows, Seen, Standing, told
from isthmus.transact.rows.noting import Note
from isthmus.transact.rows.steps import chain_of, planned, removals
from isthmus.transact.transaction import Owner, Transaction, transaction

PASSES = 3
"""How often a list is read again and mended until it is as declared."""


def settle(router: Router, owner: Owner, wanted: Rows, kept: Kept | None, *, claims: bool = True) -> Kept:
    """Make the rows as declared, in as few commands as it takes.

    kept: None when the rows are made. claims: whether the chain is owned whole from now on; foreign rules that come
    later are removed for good, those of before come back on destroy.
    """
    with transaction(router, owner, [chain_of(wanted), journal.intended(wanted.mark)]) as change:
        noting.hold(router, wanted)
        chain = static(router.rows(wanted.menu.path, change.replies[0]))
        note = Note.read(journal.entry(change.replies[1]))
        left = None if note and note.served(kept) else note
        mine = _mine(router, wanted, chain, kept, left)
        taken, gone = claimed(router, wanted, chain, mine)
        former, brought = _former(router, wanted, chain, kept, left, [*taken, *(gone if claims else [])])
        new = Note(left.by if left and left.by else noting.name(), brought, left.theirs if left else None)
        intent = noting.step(wanted, note, new, served=left is None) if kept is not None or brought else []
        for served in _served(wanted, kept, noted=bool(intent or note) and not brought):
            change.at_end(journal.done(served))
        settled, ids = _settle(change, wanted, chain, [*mine, *taken], gone, intent)
    router.forget(wanted.menu.path)
    return Kept(ids, former, foreign=_foreign(router, wanted, settled, ids), noted=new.by if brought else "")


def read(router: Router, wanted: Rows, kept: Kept) -> Seen:
    """Return the rows as they are now; the journal is read too where it may tell of rows that the state does not."""
    every = router.snapshot(wanted.menu.path)
    chain = static([row for row in every if row.get(wanted.menu.group) == wanted.group])
    kept, left = _learned(router, wanted, chain, kept)
    mine = ours(wanted, chain, kept, router.version, certain=left is None)
    ids = [row[".id"] for row in mine]
    shown = chain if wanted.exclusive else mine
    return Seen(
        [own(wanted.menu, row, router.version) for row in shown],
        Kept(ids, kept.former, foreign=_foreign(router, wanted, chain, ids), noted=kept.noted),
        _displaced(wanted, chain, mine) if wanted.menu.ordered else "",
        _unmarked(router, wanted, mine),
    )


def _settle(
    change: Transaction,
    wanted: Rows,
    chain: Sequence[Row],
    mine: Sequence[Row],
    gone: Sequence[Row],
    intent: list[Step],
) -> tuple[Sequence[Row], list[str]]:
    """Change, move, add and remove until a fresh read shows the rows as declared; return it, and our rows' ids."""
    router = change.router
    keep = {row[".id"] for row in mine}
    for _ in range(PASSES):
        rest = [row for row in chain if row not in gone]
        work = plan(wanted.menu, rest, mine, wanted.rows, wanted.mark, wanted.place, router.version)
        steps, parting = intent + planned(wanted, work, chain), removals(router, wanted, work, chain, gone)
        if not steps and not parting:
            break
        replies = run(change, wanted.menu, steps)
        made = {reply.ret for step, reply in zip(steps, replies, strict=True) if step.adds and reply.ret}
        replies = run(change, wanted.menu, [*parting, Step(chain_of(wanted), "read")])
        keep = (keep - set(work.remove)) | made
        chain = static(replies[-1].rows)
        mine = [row for row in chain if row[".id"] in keep]
        gone, intent = (), []
    else:
        _verify(router, wanted, plan(wanted.menu, chain, mine, wanted.rows, wanted.mark, wanted.place, router.version))
    return [row for row in chain if row not in gone], [row[".id"] for row in mine]


def _verify(router: Router, wanted: Rows, left: Plan) -> None:
    """Raise if the router accepted commands and did not carry them out."""
    if left.move or left.add or left.remove:
        where = f"{wanted.menu.path}: {wanted.menu.group} {wanted.group}"
        raise DeviceError(
            router.name, f"{where}: the rules are not as written; look at the router's log, and run again"
        )


def _foreign(router: Router, wanted: Rows, chain: Sequence[Row], ids: Sequence[str]) -> list[Words]:
    """Return the rows of the group that are nobody's."""
    others = [row for row in chain if row[".id"] not in ids and nobodys(row, wanted.mark)]
    return [own(wanted.menu, row, router.version) for row in others]


def _unmarked(router: Router, wanted: Rows, mine: Sequence[Row]) -> str:
    """Say which of our rows have lost their mark."""
    without = [row for row in mine if identity.owner(row) is None]
    rows = ", ".join(told(wanted, own(wanted.menu, row, router.version)) for row in without)
    return f"our mark is gone from: {rows}" if rows else ""


def _learned(router: Router, wanted: Rows, chain: Sequence[Row], kept: Kept) -> tuple[Kept, Note | None]:
    """Return what is known of our rows with what a cut change noted, and its note.

    From a state that was written after the change, the note has nothing more to tell: it goes with the next change.
    """
    strays = {row[".id"] for row in noting.marked(wanted, kept, chain)} - set(kept.ids)
    note = noting.noted(router, wanted) if strays or kept.noted else None
    if note is None:
        return replace(kept, noted=""), None
    if note.served(kept):
        router.acknowledged.add(wanted.mark)
        return kept, None
    return replace(kept, former=noting.united(kept.former, note.former), noted=note.by), note


def _mine(router: Router, wanted: Rows, chain: Sequence[Row], kept: Kept | None, left: Note | None) -> Sequence[Row]:
    """Return our rows, with those of an update whose answer was lost."""
    mine = ours(wanted, chain, kept, router.version, certain=left is None)
    if kept is None or left is not None:
        return mine
    ids = {row[".id"] for row in [*mine, *noting.unanswered(router, wanted, kept, chain, mine)]}
    return [row for row in chain if row[".id"] in ids]


def _former(
    router: Router, wanted: Rows, chain: Sequence[Row], kept: Kept | None, left: Note | None, rows: Sequence[Row]
) -> tuple[list[Standing], list[Standing]]:
    """Return rows of others that were taken over or removed, or are now, and those that the state does not know."""
    recorded = kept.former if kept else ()
    before = noting.united(recorded, left.former if left else ())
    if left and left.theirs is not None:
        now = noting.given_back(
            router, wanted, before, [row for row in chain if identity.owner(row) is None], left.theirs
        )
        before = [standing._replace(row=now.get(standing.row, standing.row)) for standing in before]
    behind = placing.behind(chain)
    taken = [Standing(own(wanted.menu, row, router.version), row[".id"], behind[row[".id"]]) for row in rows]
    former = noting.united(before, taken)
    return former, former[len(recorded) :]


def _served(wanted: Rows, kept: Kept | None, *, noted: bool) -> list[Mark]:
    """Return the marks whose notes have served: ours, and the one before where the state knows its note."""
    former = kept.mark if kept and kept.noted else None
    renamed = former is not None and former.same_owner != wanted.mark.same_owner
    return [*([wanted.mark] if noted else []), *([former] if former is not None and renamed else [])]


def _displaced(wanted: Rows, chain: Sequence[Row], mine: Sequence[Row]) -> str:
    """Say what is wrong with where our rows stand; their order among each other shows in their text."""
    ids = [row[".id"] for row in mine]
    standing = [slot._replace(owner=wanted.mark) if slot.id in set(ids) else slot for slot in slots(chain)]
    try:
        block = order.retinue(standing, ids)
        layout = order.layout(standing, wanted.mark, block, wanted.place)
    except order.NoAnchor as gone:
        return str(gone)
    there = set(layout)
    now = [slot.id for slot in standing if slot.id in there]
    moved = [row for row, _ in order.moves(now, layout, set(block).__contains__) if row in ids]
    told = [
        f"rule {ids.index(row) + 1} is at place {now.index(row) + 1}, belongs at {layout.index(row) + 1}"
        for row in sorted(moved, key=ids.index)
    ]
    return placing.shortened(f"{len(moved)} of {len(ids)} rules out of place in {wanted.group}: ", told)
