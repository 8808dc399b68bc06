"""A list of rows that one resource owns in a chain, or a set of entries of one name, changed as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isthmus.engine import identity, order, text
from isthmus.engine.changes import Change, Words
from isthmus.engine.identity import Row
from isthmus.engine.mark import Mark
from isthmus.engine.menu import Menu
from isthmus.engine.order import IN_BAND, Place
from isthmus.engine.rows import Plan, own, plan
from isthmus.errors import DeviceError
from isthmus.transact import journal, placing
from isthmus.transact.batches import Step, run
from isthmus.transact.commands import adding, moving, printing, removing, setting
from isthmus.transact.router import Router
from isthmus.transact.transaction import Owner, Transaction, transaction
from isthmus.transports.routeros import Command

PASSES = 3
"""How often a list is read again and mended until it is as declared."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as they are declared: canonical words by the router's names, without the group's word."""

    menu: Menu
    group: str
    rows: Sequence[Words]
    mark: Mark
    place: Place = IN_BAND
    exclusive: bool = False
    adopt: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What the state remembers: the ids of our rows, and rows of others that were taken over or removed.

    mark: the one that the rows were written with, which is another where the stack or the resource was renamed since.
    """

    ids: Sequence[str]
    former: Sequence[Words] = ()
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a refresh found: our rows as they are, foreign ones, and what is out of place."""

    rows: Sequence[Words]
    foreign: Sequence[Words]
    kept: Kept
    displaced: str = ""


def settle(router: Router, owner: Owner, wanted: Rows, kept: Kept | None, *, claims: bool = True) -> Kept:
    """Make the rows as declared, in as few commands as it takes.

    kept: None when the rows are made. claims: whether the chain is owned whole from now on; foreign rules that come
    later are removed for good, those of before come back on destroy.
    """
    with transaction(router, owner, [_print(wanted), journal.intended(wanted.mark)]) as change:
        chain = _static(router.rows(wanted.menu.path, change.replies[0]))
        noted = journal.entry(change.replies[1])
        mine = ours(chain, _marks(wanted, kept), () if kept is None or noted is not None else kept.ids)
        taken, gone = _claimed(router, wanted, chain, mine)
        former = _former(router, wanted, noted, [*taken, *(gone if claims else [])])
        intent = _noting(wanted, noted, former) if kept is not None or former else []
        if intent or noted is not None:
            change.at_end(journal.done(wanted.mark))
        ids = _settle(change, wanted, chain, [*mine, *taken], gone, intent)
    router.forget(wanted.menu.path)
    return Kept(ids, [*(kept.former if kept else ()), *former])


def _marks(wanted: Rows, kept: Kept | None) -> list[Mark]:
    return [wanted.mark, *([kept.mark] if kept and kept.mark else [])]


def _former(router: Router, wanted: Rows, noted: Mapping[str, object] | None, rows: Sequence[Row]) -> list[Words]:
    """Return rows of others that are taken over or removed now, or were by a killed run."""
    lines = (noted or {}).get("former")
    earlier: list[Words] = [text.words(str(line)) for line in lines] if isinstance(lines, list) else []
    now = [own(wanted.menu, row, router.version) for row in rows]
    return [*earlier, *[words for words in now if words not in earlier]]


def _noting(wanted: Rows, noted: Mapping[str, object] | None, former: Sequence[Words]) -> list[Step]:
    """Note the change on the device, anew if a killed run's note says less."""
    note = {"former": [_line(wanted, words) for words in former]}
    if noted == note:
        return []
    if noted is not None:
        return [Step(journal.done(wanted.mark), "note the change"), Step(journal.intend(wanted.mark, note), "note the change")]
    return [Step(journal.intend(wanted.mark, note), "note the change", undo=[journal.done(wanted.mark)])]


def read(router: Router, wanted: Rows, kept: Kept) -> Seen:
    """Return the rows as they are now."""
    every = router.snapshot(wanted.menu.path)
    chain = _static([row for row in every if row.get(wanted.menu.group) == wanted.group])
    mine = ours(chain, [wanted.mark], kept.ids)
    ids = [row[".id"] for row in mine]
    shown = chain if wanted.exclusive else mine
    foreign = [row for row in chain if row[".id"] not in ids and _nobodys(row, wanted.mark)]
    return Seen(
        [own(wanted.menu, row, router.version) for row in shown],
        [own(wanted.menu, row, router.version) for row in foreign],
        Kept(ids, kept.former),
        _displaced(wanted, chain, mine) if wanted.menu.ordered else "",
    )


def remove(router: Router, owner: Owner, wanted: Rows, kept: Kept) -> None:
    """Remove our rows, and give back those that were others' before."""
    with transaction(router, owner, [_print(wanted)]) as change:
        chain = _static(router.rows(wanted.menu.path, change.replies[0]))
        mine = ours(chain, [wanted.mark], kept.ids)
        back = _match(wanted.menu, kept.former, [own(wanted.menu, row, router.version) for row in mine])
        returned = {index: words for index, words in zip(back, kept.former, strict=True) if index is not None}
        missing = [words for index, words in zip(back, kept.former, strict=True) if index is None]
        steps = [step for at, row in enumerate(mine) for step in _letting_go(router, wanted, row, returned.get(at))]
        steps += [Step(_adding_foreign(wanted, words), f"add {_told(wanted, words)} again") for words in missing]
        run(change, wanted.menu, steps)
    router.forget(wanted.menu.path)


def ours(chain: Sequence[Row], marks: Sequence[Mark], recorded: Sequence[str]) -> list[Row]:
    """Return the rows with one of our marks; where the state recorded some of them, others are copies made by hand."""
    owners = {mark.same_owner for mark in marks}
    marked = [row for row in chain if (holder := identity.owner(row)) and holder.same_owner in owners]
    known = [row for row in marked if row[".id"] in set(recorded)]
    return known or marked


def _nobodys(row: Row, mark: Mark) -> bool:
    """Tell whether a row is no resource's: it has no mark, or a copy of ours."""
    holder = identity.owner(row)
    return holder is None or holder.same_owner == mark.same_owner


def _print(wanted: Rows) -> Command:
    return printing(wanted.menu.path, f"{wanted.menu.group}={wanted.group}")


def _static(rows: Sequence[Row]) -> list[Row]:
    """Rows that the router makes itself are not ours to order."""
    return [row for row in rows if row.get("dynamic") != "true"]


def _claimed(router: Router, wanted: Rows, chain: Sequence[Row], mine: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the foreign rows that are taken over, and those that an exclusive owner removes."""
    others = [row for row in chain if row not in mine]
    foreign = [row for row in others if identity.owner(row) is None]
    if wanted.exclusive and len(foreign) < len(others):
        holder = next(mark for row in others if (mark := identity.owner(row)))
        where = f"{wanted.menu.path}: {wanted.menu.group} {wanted.group}"
        raise DeviceError(router.name, f"{where} is to be exclusive, but has rows of another resource (mark {holder}); remove either")
    partners = _match(wanted.menu, wanted.rows, [own(wanted.menu, row, router.version) for row in foreign])
    same = [foreign[index] for index in partners if index is not None]
    if same and wanted.menu.key and not wanted.adopt:
        words = own(wanted.menu, same[0], router.version)
        raise DeviceError(
            router.name,
            f"{wanted.menu.path}: {_told(wanted, words)} exists already and is not ours; take it over with adopt=True, or remove it",
        )
    taken = same if wanted.adopt else []
    return taken, [row for row in foreign if row not in taken] if wanted.exclusive else []


def _match(menu: Menu, wanted: Sequence[Words], actual: Sequence[Words]) -> list[int | None]:
    """Return for each wanted row the actual one that is the same: by key, else by all words."""
    names = [name for name in menu.key if name != menu.group]
    waiting: dict[object, list[int]] = {}
    for index, words in enumerate(actual):
        waiting.setdefault(_same(names, words), []).append(index)
    return [waiting[_same(names, words)].pop(0) if waiting.get(_same(names, words)) else None for words in wanted]


def _same(names: Sequence[str], words: Words) -> object:
    return tuple(words.get(name) for name in names) or frozenset(words.items())


def _settle(
    change: Transaction, wanted: Rows, chain: Sequence[Row], mine: Sequence[Row], gone: Sequence[Row], intent: list[Step]
) -> list[str]:
    """Change, move, add and remove until a fresh read shows the rows as declared; return their ids."""
    router = change.router
    keep = {row[".id"] for row in mine}
    for _ in range(PASSES):
        rest = [row for row in chain if row not in gone]
        work = plan(wanted.menu, rest, mine, wanted.rows, wanted.mark, wanted.place, router.version)
        steps = intent + _steps(router, wanted, work, chain, gone)
        if not steps:
            break
        replies = run(change, wanted.menu, [*steps, Step(_print(wanted), "read")])
        made = {reply.ret for step, reply in zip(steps, replies, strict=False) if step.adds and reply.ret}
        keep = (keep - set(work.remove)) | made
        chain = _static(replies[-1].rows)
        mine = [row for row in chain if row[".id"] in keep]
        gone, intent = (), []
    return [row[".id"] for row in mine]


def _steps(router: Router, wanted: Rows, work: Plan, chain: Sequence[Row], gone: Sequence[Row]) -> list[Step]:
    menu, rows = wanted.menu, {row[".id"]: row for row in chain}
    behind = dict(zip([row[".id"] for row in chain], [row[".id"] for row in chain[1:]], strict=False))
    steps = [
        Step(command, f"change {_told(wanted, given.set)}", undo=setting(menu, row, _inverse(menu, rows[row])))
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
            f"add {_told(wanted, words)}",
            menu.path,
        )
        for words, before in work.add
    ]
    removed = [*[rows[row] for row in work.remove], *gone]
    return steps + [Step(removing(menu, row[".id"]), f"remove {_told(wanted, own(menu, row, router.version))}") for row in removed]


def _inverse(menu: Menu, row: Row) -> Change:
    """Return what makes a row as it was printed."""
    words = {name: row[name] for name in menu.by_name if name in row and name != menu.group}
    return Change(words, tuple(word.name for word in menu.words.values() if word.unset and word.name not in row))


def _letting_go(router: Router, wanted: Rows, row: Row, former: Words | None) -> list[Step]:
    if former is None:
        return [Step(removing(wanted.menu, row[".id"]), f"remove {_told(wanted, own(wanted.menu, row, router.version))}")]
    actual = own(wanted.menu, row, router.version)
    values = {name: text for name, text in former.items() if actual.get(name) != text}
    surplus = [wanted.menu.by_name[name] for name in actual if name not in former and name != "comment"]
    values |= {word.name: text for word in surplus if (text := word.default_of(router.version)) is not None}
    unset = tuple(word.name for word in surplus if word.default_of(router.version) is None)
    given = Change({**values, "comment": former.get("comment", "")}, unset)
    return [Step(command, f"give back {_told(wanted, former)}") for command in setting(wanted.menu, row[".id"], given)]


def _adding_foreign(wanted: Rows, words: Words) -> Command:
    return Command(f"{wanted.menu.path}/add", {wanted.menu.group: wanted.group, **words})


def _displaced(wanted: Rows, chain: Sequence[Row], mine: Sequence[Row]) -> str:
    """Say what is wrong with where our rows stand; their order among each other shows in their text."""
    slots = placing.slots(wanted.menu, chain)
    ids = [row[".id"] for row in mine]
    try:
        block = order.retinue(slots, ids)
        layout = order.layout(slots, wanted.mark, block, wanted.place)
    except order.NoAnchor as gone:
        return str(gone)
    moved = order.moves([slot.id for slot in slots if slot.id in set(layout)], layout, set(block).__contains__)
    return f"{len(moved)} of {len(ids)} rules out of place" if moved else ""


def _line(wanted: Rows, words: Words) -> str:
    return text.line(wanted.menu, words)


def _told(wanted: Rows, words: Words) -> str:
    """Return a row as an error tells it: without its comment, which may be a secret."""
    return _line(wanted, {name: value for name, value in words.items() if name != "comment"}) or "a row"
