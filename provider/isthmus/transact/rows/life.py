"""The life of rows that one resource owns: made, read, changed and let go as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isthmus.engine import identity, order
from isthmus.engine.changes import Words
from isthmus.engine.identity import Row
from isthmus.engine.rows import Plan, own, plan, slots
from isthmus.errors import DeviceError
from isthmus.transact import journal, placing
from isthmus.transact.batches import Step, run
from isthmus.transact.commands import printing
from isthmus.transact.router import Router
from isthmus.transact.rows.claiming import claimed, match, nobodys, ours, static
from isthmus.transact.rows.declared import Kept, Rows, Seen, Standing, told
from isthmus.transact.rows.steps import adding_foreign, letting_go, planned, putting_back, removals
from isthmus.transact.transaction import Owner, Transaction, transaction
from isthmus.transports.routeros import Command

PASSES = 3
"""How often a list is read again and mended until it is as declared."""


def settle(router: Router, owner: Owner, wanted: Rows, kept: Kept | None, *, claims: bool = True) -> Kept:
    """Make the rows as declared, in as few commands as it takes.

    kept: None when the rows are made. claims: whether the chain is owned whole from now on; foreign rules that come
    later are removed for good, those of before come back on destroy.
    """
    with transaction(router, owner, [_print(wanted), journal.intended(wanted.mark)]) as change:
        chain = static(router.rows(wanted.menu.path, change.replies[0]))
        noted = journal.entry(change.replies[1])
        mine = ours(wanted, chain, kept, router.version, certain=noted is None)
        taken, gone = claimed(router, wanted, chain, mine)
        former = _former(router, wanted, noted, chain, [*taken, *(gone if claims else [])])
        intent = _noting(wanted, noted, former) if kept is not None or former else []
        if intent or noted is not None:
            change.at_end(journal.done(wanted.mark))
        settled, ids = _settle(change, wanted, chain, [*mine, *taken], gone, intent)
    router.forget(wanted.menu.path)
    return Kept(ids, [*(kept.former if kept else ()), *former], foreign=_foreign(router, wanted, settled, ids))


def read(router: Router, wanted: Rows, kept: Kept) -> Seen:
    """Return the rows as they are now."""
    every = router.snapshot(wanted.menu.path)
    chain = static([row for row in every if row.get(wanted.menu.group) == wanted.group])
    mine = ours(wanted, chain, kept, router.version)
    ids = [row[".id"] for row in mine]
    shown = chain if wanted.exclusive else mine
    return Seen(
        [own(wanted.menu, row, router.version) for row in shown],
        Kept(ids, kept.former, foreign=_foreign(router, wanted, chain, ids)),
        _displaced(wanted, chain, mine) if wanted.menu.ordered else "",
        _unmarked(router, wanted, mine),
    )


def remove(router: Router, owner: Owner, wanted: Rows, kept: Kept) -> None:
    """Remove our rows, and give back those that were others' before."""
    with transaction(router, owner, [_print(wanted)]) as change:
        chain = static(router.rows(wanted.menu.path, change.replies[0]))
        mine = ours(wanted, chain, kept, router.version)
        former = [standing.words for standing in kept.former]
        back = match(wanted.menu, former, [own(wanted.menu, row, router.version) for row in mine])
        returned = {index: words for index, words in zip(back, former, strict=True) if index is not None}
        missing = [standing for index, standing in zip(back, kept.former, strict=True) if index is None]
        steps = [step for at, row in enumerate(mine) for step in letting_go(router, wanted, row, returned.get(at))]
        steps += [Step(adding_foreign(wanted, words), f"add {told(wanted, words)} again") for words, *_ in missing]
        replies = run(change, wanted.menu, steps)
        made = [reply.ret or "" for reply in replies[len(steps) - len(missing) :]]
        now = {standing.row: row for standing, row in zip(missing, made, strict=True)}
        run(change, wanted.menu, putting_back(wanted, chain, kept.former, now) if wanted.menu.ordered else [])
    router.forget(wanted.menu.path)


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
        replies = run(change, wanted.menu, [*parting, Step(_print(wanted), "read")])
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


def _former(
    router: Router, wanted: Rows, noted: Mapping[str, object] | None, chain: Sequence[Row], rows: Sequence[Row]
) -> list[Standing]:
    """Return rows of others that are taken over or removed now, or were by a killed run, and where they stood."""
    entries = (noted or {}).get("former")
    earlier = [Standing.read(str(entry)) for entry in entries] if isinstance(entries, list) else []
    behind = placing.behind(chain)
    now = [Standing(own(wanted.menu, row, router.version), row[".id"], behind[row[".id"]]) for row in rows]
    known = {standing.row for standing in earlier}
    return [*earlier, *[standing for standing in now if standing.row not in known]]


def _noting(wanted: Rows, noted: Mapping[str, object] | None, former: Sequence[Standing]) -> list[Step]:
    """Note the change on the device, anew if a killed run's note says less."""
    note = {"former": [standing.text(wanted.menu) for standing in former]}
    if noted == note:
        return []
    done = journal.done(wanted.mark)
    before = [Step(done, "note the change")] if noted is not None else []
    return [*before, Step(journal.intend(wanted.mark, note), "note the change", undo=[] if before else [done])]


def _print(wanted: Rows) -> Command:
    return printing(wanted.menu.path, f"{wanted.menu.group}={wanted.group}")


def _displaced(wanted: Rows, chain: Sequence[Row], mine: Sequence[Row]) -> str:
    """Say what is wrong with where our rows stand; their order among each other shows in their text."""
    ids = [row[".id"] for row in mine]
    standing = [slot._replace(owner=wanted.mark) if slot.id in set(ids) else slot for slot in slots(chain)]
    try:
        block = order.retinue(standing, ids)
        layout = order.layout(standing, wanted.mark, block, wanted.place)
    except order.NoAnchor as gone:
        return str(gone)
    now = [slot.id for slot in standing]
    moved = [row for row, _ in order.moves(now, layout, set(block).__contains__) if row in ids]
    told = [
        f"rule {ids.index(row) + 1} is at place {now.index(row) + 1}, belongs at {layout.index(row) + 1}"
        for row in sorted(moved, key=ids.index)
    ]
    return placing.shortened(f"{len(moved)} of {len(ids)} rules out of place in {wanted.group}: ", told)
