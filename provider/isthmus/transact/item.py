"""One row of a menu: found or made, read, changed and let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from isthmus.engine import changes, identity
from isthmus.engine.changes import Baseline, Change, Words
from isthmus.engine.identity import Claim, Found
from isthmus.engine.mark import Mark, join, split
from isthmus.engine.menu import Menu
from isthmus.engine.order import Place
from isthmus.errors import DeviceError
from isthmus.transact import journal, placing
from isthmus.transact.commands import adding, marked, moving, printing, removing, setting
from isthmus.transact.router import Router, Row
from isthmus.transact.transaction import Owner, Transaction, transaction
from isthmus.transports.routeros import Command, Reply


@dataclass(frozen=True, slots=True)
class Item:
    """A row as it is declared: canonical words by the router's names, the comment without its mark."""

    menu: Menu
    words: Words
    mark: Mark
    place: Place | None = None
    adopt: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What the state remembers of a row besides its words.

    former: the words that an adopted row had before it was ours.
    """

    row: str
    base: Baseline
    former: Words | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a refresh found: the words, whether our mark is still there, what displaces the row, copies made by hand."""

    words: Words
    kept: Kept
    marked: bool = True
    displaced: str = ""
    copies: int = 0


def create(router: Router, owner: Owner, item: Item) -> Kept:
    """Make the row, or find the one that a killed run made; DeviceError if another stands in its place."""
    claim = Claim(item.mark, item.words)
    with transaction(router, owner, _reads(item, claim, _marked_ids(router, item))) as change:
        view = _view(router, item, claim, change.replies)
        former = _former(router, item, view)
        row = _add(change, item, view) if view.found.row is None else _take(change, item, view, former)
        if view.intent is not None or _intends(item, former):
            change.at_end(journal.done(item.mark))
    router.remember(item.menu.path, [row])
    return Kept(row[".id"], _baseline(router, item, row), former)


def read(router: Router, item: Item, kept: Kept) -> Seen | None:
    """Return what the row is now, None if it is gone."""
    rows = router.snapshot(item.menu.path)
    found = identity.find(item.menu, rows, Claim(item.mark, item.words, kept.row))
    if found.row is None or not found.ours:
        return None
    actual = words_of(item.menu, found.row)
    displaced = placing.displaced(item.menu, rows, found.row, item.mark, item.place) if item.place else ""
    return Seen(
        changes.observed(item.menu, item.words, kept.base, actual),
        replace(kept, row=found.row[".id"]),
        not item.menu.comment or identity.owner(found.row) == item.mark,
        displaced,
        len(found.copies),
    )


def update(router: Router, owner: Owner, item: Item, recorded: Item, kept: Kept) -> Kept:
    """Make the row as declared; `recorded` is what the state last saw, and under which mark."""
    claim = Claim(recorded.mark, recorded.words, kept.row)
    with transaction(router, owner, _reads(item, claim, [])) as change:
        view = _view(router, item, claim, change.replies)
        if view.found.row is None or not view.found.ours:
            raise DeviceError(router.name, f"{item.menu.path}: {_title(item)} is gone; run `pulumi up --refresh` to make it anew")
        row = _write(change, item, view, view.found.row, recorded.words, kept.base)
    router.remember(item.menu.path, [row])
    undeclared = {name: text for name, text in kept.base.words.items() if name not in item.words}
    fresh = _baseline(router, item, row)
    return replace(kept, row=row[".id"], base=replace(fresh, words={**fresh.words, **undeclared}))


def delete(router: Router, owner: Owner, item: Item, kept: Kept, *, keep: bool = False) -> None:
    """Remove the row, or give an adopted one back as it was; a row that is gone already is no error."""
    claim = Claim(item.mark, item.words, kept.row)
    with transaction(router, owner, _reads(item, claim, [])) as change:
        view = _view(router, item, claim, change.replies)
        if view.found.row is None or not view.found.ours:
            return
        row = view.found.row[".id"]
        commands = [removing(item.menu, row)] if kept.former is None else _giving_back(router, item, view.found.row, kept, keep=keep)
        _must(router, item, "remove", change.run(commands))
    router.remember(item.menu.path, [], [row] if kept.former is None else [])


@dataclass(frozen=True, slots=True)
class _View:
    """What the reads at the beginning of a change showed."""

    found: Found
    chain: Sequence[Row]
    intent: Mapping[str, object] | None
    claim: Claim


def _reads(item: Item, claim: Claim, ids: Sequence[str]) -> list[Command]:
    """Return the prints that a change begins with; the first also verifies it."""
    path = item.menu.path
    queries = identity.queries(item.menu, claim, marked(item.menu, item.words, item.mark).get("comment", ""), ids)
    chain = [printing(path, *placing.query(item.menu, item.words))] if item.place else []
    intent = [journal.intended(item.mark)] if _may_be_noted(item) else []
    return [printing(path, *queries), *chain, *intent]


def _view(router: Router, item: Item, claim: Claim, replies: Sequence[Reply]) -> _View:
    rows = router.rows(item.menu.path, replies[0])
    chain = router.rows(item.menu.path, replies[1]) if item.place else []
    intent = journal.entry(replies[-1]) if _may_be_noted(item) else None
    claim = claim._replace(intended=intent is not None)
    found = identity.find(item.menu, rows, claim)
    if found.row is None and claim.recorded:
        found = identity.find(item.menu, router.print(item.menu.path), claim)
    return _View(found, chain, intent, claim)


def _marked_ids(router: Router, item: Item) -> list[str]:
    """Return the ids of rows that a killed run of ours may have made, whatever their comment says now."""
    if not item.menu.comment:
        return []
    rows = router.snapshot(item.menu.path)
    return [row[".id"] for row in rows if (mark := identity.owner(row)) and mark.same_owner == item.mark.same_owner]


def _add(change: Transaction, item: Item, view: _View) -> Row:
    router = change.router
    before = placing.before_new(item.menu, view.chain, item.mark, item.place) if item.place else None
    intend = [journal.intend(item.mark, {"name": item.words.get("name", "")})] if _intends(item, None) and view.intent is None else []
    if intend:
        change.if_refused(journal.done(item.mark))
    replies = change.run([*intend, adding(item.menu, item.words, item.mark, before), _reads(item, view.claim, [])[0]])
    _must(router, item, "add", replies[:-1])
    return _written(router, item, view.claim._replace(recorded=replies[-2].ret or ""), replies[-1])


def _intends(item: Item, former: Words | None) -> bool:
    """A row that cannot carry a mark, or that was somebody's before, is noted on the device while it is made."""
    return former is not None or (not item.menu.comment and not identity.named_by_mark(item.words, item.mark))


def _may_be_noted(item: Item) -> bool:
    """Tell whether a killed run may have left a note about the row."""
    return item.adopt or not item.menu.comment


def _former(router: Router, item: Item, view: _View) -> Words | None:
    """Return what an adopted row was before, or raise where it may not be taken."""
    row = view.found.row
    noted = (view.intent or {}).get("former")
    if isinstance(noted, dict):
        return {str(name): str(text) for name, text in noted.items()}
    if row is None or view.found.ours:
        return None
    holder = identity.owner(row)
    if holder is not None:
        raise DeviceError(
            router.name,
            f"{item.menu.path}: {_title(item)} belongs to another resource (mark {holder}); remove it there, or name this one differently",
        )
    if not item.adopt:
        raise DeviceError(
            router.name,
            f"{item.menu.path}: {_title(item)} exists already and is not ours; take it over with adopt=True, or name this one differently",
        )
    return words_of(item.menu, row)


def _take(change: Transaction, item: Item, view: _View, former: Words | None) -> Row:
    """Make a row that is there as declared: an adopted one, or one that a killed run made."""
    row = view.found.row or {}
    if former is not None and view.intent is None:
        noted = {name: text for name, text in former.items() if not item.menu.by_name[name].secret}
        _must(change.router, item, "adopt", change.run([journal.intend(item.mark, {"former": noted})]))
        change.if_refused(*setting(item.menu, row[".id"], _as_it_was(item, row)), journal.done(item.mark))
    base = Baseline(words_of(item.menu, row), change.router.version)
    return _write(change, item, view, row, {}, base)


def _as_it_was(item: Item, row: Row) -> Change:
    """Return what takes the declared words back out of a row that is not ours yet."""
    names = [*item.words, *(["comment"] if item.menu.comment else [])]
    absent = tuple(name for name in item.words if name not in row and item.menu.by_name[name].unset)
    return Change({name: row.get(name, "") for name in names if name in row or name == "comment"}, absent)


def _write(change: Transaction, item: Item, view: _View, row: Row, recorded: Words, base: Baseline) -> Row:
    router = change.router
    difference = _difference(router, item, row, recorded, base)
    commands = setting(item.menu, row[".id"], difference)
    moves = placing.moves(item.menu, view.chain, row, item.mark, item.place) if item.place else []
    commands += [moving(item.menu, *move) for move in moves]
    if not commands:
        return row
    replies = change.run([*commands, printing(item.menu.path, f".id={row['.id']}")])
    _must(router, item, "change", replies[:-1])
    return _written(router, item, view.claim._replace(mark=item.mark, recorded=row[".id"]), replies[-1])


def _difference(router: Router, item: Item, row: Row, recorded: Words, base: Baseline) -> Change:
    actual = words_of(item.menu, row)
    declared = {"comment": "", **item.words} if item.menu.comment else item.words
    difference = changes.change(item.menu, declared, recorded, base, actual, router.version)
    comment = marked(item.menu, item.words, item.mark).get("comment")
    values = {name: text for name, text in difference.set.items() if name != "comment"}
    if comment is not None and comment != row.get("comment"):
        values["comment"] = comment
    return Change(values, tuple(name for name in difference.unset if name != "comment"))


def _giving_back(router: Router, item: Item, row: Row, kept: Kept, *, keep: bool) -> list[Command]:
    """Return what restores an adopted row, or only takes our mark away."""
    former = kept.former or {}
    actual = words_of(item.menu, row)
    wanted = {**item.words, "comment": item.words.get("comment", "")} if keep else former
    difference = changes.change(item.menu, wanted, actual, Baseline({}, router.version), actual, router.version)
    comment = wanted.get("comment", "")
    values = {name: text for name, text in difference.set.items() if name != "comment"} if not keep else {}
    if item.menu.comment and comment != row.get("comment", ""):
        values["comment"] = comment
    return setting(item.menu, row[".id"], Change(values, () if keep else tuple(n for n in difference.unset if n != "comment")))


def _written(router: Router, item: Item, claim: Claim, reply: Reply) -> Row:
    found = identity.find(item.menu, router.rows(item.menu.path, reply), claim)
    if found.row is None:
        raise DeviceError(router.name, f"{item.menu.path}: {_title(item)} was written but is not there; look at the router's log")
    return found.row


def _baseline(router: Router, item: Item, row: Row) -> Baseline:
    return changes.baseline(item.menu, item.words, words_of(item.menu, row), router.version)


def _must(router: Router, item: Item, verb: str, replies: Sequence[Reply]) -> None:
    for reply in replies:
        if reply.error:
            raise router.refusal(item.menu.path, f"{verb} {_title(item)}{_meant(item, reply.error)}", reply.error)


def _meant(item: Item, error: str) -> str:
    """Return the words that a refusal names, with the values that were sent, but for secrets."""
    named = [name for name in error.split() if name in item.words and not item.menu.by_name[name].secret]
    return "".join(f" with {name}={item.words[name]}" for name in named if name not in item.menu.key)


def words_of(menu: Menu, row: Row) -> dict[str, str]:
    """Return a printed row's declared words, the comment without its mark."""
    words = menu.canonical(row)
    comment = split(words.pop("comment", ""))[0]
    return {**words, "comment": comment} if comment else words


def _title(item: Item) -> str:
    key = " ".join(f"{name}={item.words[name]}" for name in item.menu.key or ("name",) if name in item.words)
    return key or join(item.words.get("comment", ""), item.mark)
