"""How a row becomes as declared, or as it was: the commands, and the read that verifies them."""

from __future__ import annotations

from collections.abc import Sequence

from isthmus.engine import changes, identity
from isthmus.engine.changes import Baseline, Change, Words
from isthmus.engine.identity import Claim
from isthmus.engine.mark import join
from isthmus.engine.version import Version
from isthmus.errors import DeviceError
from isthmus.transact import journal, lost, placing
from isthmus.transact.blame import blamed
from isthmus.transact.commands import adding, moving, printing, resetting, setting
from isthmus.transact.item import finding
from isthmus.transact.item.declared import NEXT, Item, Kept, title, words_of
from isthmus.transact.item.finding import View, reads
from isthmus.transact.router import Router, Row
from isthmus.transact.transaction import Transaction
from isthmus.transports.routeros import Command, Reply

RESETS = Version(7, 9)
"""The first recorded version whose menus have `reset`."""


def add(change: Transaction, item: Item, view: View) -> Row:
    """Add the row in its place, and read it back."""
    router = change.router
    before = placing.before_new(view.chain, item.mark, item.place) if item.place else None
    noting = _noting(item, view)
    if noting:
        change.if_refused(journal.done(item.mark))
    replies = change.run([*noting, adding(item.menu, item.words, item.mark, before), reads(item, view.claim, [])[0]])
    must(router, item, "add", replies[:-1])
    return _written(router, item, view.claim._replace(recorded=replies[-2].ret or ""), replies[-1])


def _noting(item: Item, view: View) -> list[Command]:
    """Note on the device which row is about to be made, where it cannot carry a mark."""
    note = finding.about_to_add(item, view)
    if not intends(item, None) or view.intent == note or "former" in (view.intent or {}):
        return []
    return [journal.intend(item.mark, note) if view.intent is None else journal.amend(item.mark, note)]


def intends(item: Item, former: Words | None) -> bool:
    """A row that cannot carry a mark, or that was somebody's before, is noted on the device while it is made."""
    return former is not None or (not item.menu.comment and not identity.named_by_mark(item.words, item.mark))


def take(change: Transaction, item: Item, view: View, former: Words | None) -> Row:
    """Make a row that is there as declared: an adopted one, or one that a killed run made."""
    row = view.found.row or {}
    if former is not None and view.intent is None:
        note = lost.noting(item.menu, former, item.words)
        must(change.router, item, "adopt", change.run([journal.intend(item.mark, note)]))
        change.if_refused(*setting(item.menu, row[".id"], _as_it_was(item, row)), journal.done(item.mark))
    base = Baseline(words_of(item.menu, row), change.router.version)
    return write(change, item, view, row, {}, base)


def _as_it_was(item: Item, row: Row) -> Change:
    """Return what takes the declared words back out of a row that is not ours yet."""
    names = [*item.words, *(["comment"] if item.menu.comment else [])]
    absent = tuple(name for name in item.words if name not in row and item.menu.by_name[name].unset)
    return Change({name: row.get(name, "") for name in names if name in row or name == "comment"}, absent)


def write(change: Transaction, item: Item, view: View, row: Row, recorded: Words, base: Baseline) -> Row:
    """Set and unset words and move the row until it is as declared, and read it back."""
    router = change.router
    difference = _difference(router, item, row, recorded, base)
    commands = setting(item.menu, row[".id"], difference)
    moves = placing.moves(view.chain, row, item.mark, item.place) if item.place else []
    commands += [moving(item.menu, *move) for move in moves]
    if not commands:
        return row
    replies = change.run([*commands, printing(item.menu.path, f".id={row['.id']}")])
    must(router, item, "change", replies[:-1])
    claim = view.claim._replace(mark=item.mark, words=item.words, recorded=row[".id"])
    return _written(router, item, claim, replies[-1])


def _difference(router: Router, item: Item, row: Row, recorded: Words, base: Baseline) -> Change:
    actual = words_of(item.menu, row)
    declared = {"comment": "", **item.words} if item.menu.comment else item.words
    difference = changes.change(item.menu, declared, recorded, base, actual, router.version)
    comment = join(_comment(item, base), item.mark)
    values = {name: text for name, text in difference.set.items() if name != "comment"}
    if item.menu.comment and comment != row.get("comment"):
        values["comment"] = comment
    return Change(values, tuple(name for name in difference.unset if name != "comment"))


def _comment(item: Item, base: Baseline) -> str:
    """Return the user's part of the comment: as declared, else as it was on a row that was taken over."""
    return item.words.get("comment", base.words.get("comment", ""))


def without_surplus(change: Transaction, item: Item, row: Row, former: Words) -> Row:
    """Take away what a row has gained and neither `unset` nor a default takes away; say what stays all the same.

    No recording shows how `reset` is called over the API. So it comes first and the row is read again: whatever it
    did to other words, these are given back next.
    """
    stuck = _stuck(change.router, item, row, former)
    if not stuck:
        return row
    known = change.router.version >= RESETS
    reset = [resetting(item.menu, row[".id"], stuck)] if known else []
    read = change.run([*reset, printing(item.menu.path, f".id={row['.id']}")])[-1]
    now = next(iter(change.router.rows(item.menu.path, read)), row)
    if left := ", ".join(_stuck(change.router, item, now, former)):
        what = f"keeps {left}, which it did not have before and this router cannot take away"
        print(f"warning: {change.router.name}: {item.menu.path}: {title(item)} {what}: remove it by hand", flush=True)
    return now


def _stuck(router: Router, item: Item, row: Row, former: Words) -> list[str]:
    """Return the words that a row has, had not before, and that the router is not known to take away."""
    return [
        name
        for name, text in words_of(item.menu, row).items()
        if text and name not in former and name != "comment" and not item.menu.by_name[name].removable(router.version)
    ]


def giving_back(router: Router, item: Item, view: View, row: Row, kept: Kept, *, keep: bool) -> list[Command]:
    """Return what restores an adopted row, and puts it back where it stood, or only takes our mark away."""
    former = {name: text for name, text in (kept.former or {}).items() if name != NEXT}
    actual = words_of(item.menu, row)
    wanted = {**item.words, "comment": _comment(item, kept.base)} if keep else former
    difference = changes.change(item.menu, wanted, actual, Baseline({}, router.version), actual, router.version)
    comment = wanted.get("comment", "")
    values = {name: text for name, text in difference.set.items() if name != "comment"} if not keep else {}
    if item.menu.comment and comment != row.get("comment", ""):
        values["comment"] = comment
    words = (item.menu.by_name[name] for name in difference.unset if name != "comment" and not keep)
    unset = tuple(word.name for word in words if word.unsettable(router.version))
    behind = None if keep else (kept.former or {}).get(NEXT)
    there = behind == "" or behind in {entry[".id"] for entry in view.chain}
    back = [moving(item.menu, row[".id"], behind or None)] if there else []
    return [*setting(item.menu, row[".id"], Change(values, unset)), *back]


def _written(router: Router, item: Item, claim: Claim, reply: Reply) -> Row:
    found = identity.find(item.menu, router.rows(item.menu.path, reply), claim)
    if found.row is None:
        raise DeviceError(
            router.name, f"{item.menu.path}: {title(item)} was written but is not there; look at the router's log"
        )
    return found.row


def baseline(router: Router, item: Item, row: Row) -> Baseline:
    """Record what the router made of the row."""
    return changes.baseline(item.menu, item.words, words_of(item.menu, row), router.version)


def must(router: Router, item: Item, verb: str, replies: Sequence[Reply]) -> None:
    """Raise the first refusal among replies."""
    for reply in replies:
        if reply.error:
            meant = blamed(item.menu, item.words, reply.error, item.menu.key)
            raise router.refusal(item.menu.path, f"{verb} {title(item)}{meant}", reply.error)
