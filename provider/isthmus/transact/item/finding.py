"""Which row is meant: what the reads at the beginning of a change show, and whose the row is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isthmus.engine import identity
from isthmus.engine.changes import Words, same
from isthmus.engine.identity import Claim, Found, Intent
from isthmus.engine.mark import Mark
from isthmus.errors import DeviceError
from isthmus.transact import journal, lost, placing
from isthmus.transact.commands import marked, printing
from isthmus.transact.item.declared import NEXT, Item, title, words_of
from isthmus.transact.router import Router, Row
from isthmus.transports.routeros import Command, Reply


@dataclass(frozen=True, slots=True)
class View:
    """What the reads at the beginning of a change showed."""

    found: Found
    rows: Sequence[Row]
    chain: Sequence[Row]
    intent: Mapping[str, object] | None
    claim: Claim


def reads(item: Item, claim: Claim, ids: Sequence[str]) -> list[Command]:
    """Return the prints that a change begins with; the first also verifies it."""
    path = item.menu.path
    queries = identity.queries(item.menu, claim, marked(item.menu, item.words, item.mark).get("comment", ""), ids)
    chain = [printing(path, *placing.query(item.menu, item.words))] if item.place else []
    intent = [journal.intended(item.mark)] if _may_be_noted(item) else []
    return [printing(path, *queries), *chain, *intent]


def view(router: Router, item: Item, claim: Claim, replies: Sequence[Reply]) -> View:
    """Read the replies; a recorded row that the queries did not find is looked for in the whole menu."""
    rows = router.rows(item.menu.path, replies[0])
    chain = router.rows(item.menu.path, replies[1]) if item.place else []
    intent = journal.entry(replies[-1]) if _may_be_noted(item) else None
    claim = claim._replace(intended=_intended(intent))
    found = identity.find(item.menu, rows, claim)
    if found.row is None and (claim.recorded or claim.intended):
        found = identity.find(item.menu, router.print(item.menu.path), claim)
    if found.row is None and item.adopt and not item.menu.key:
        found = _equal(router, item)
    return View(found, rows, chain, intent, claim)


def _intended(entry: Mapping[str, object] | None) -> Intent | None:
    """Read which row a killed run was about to make."""
    adding, there = (entry or {}).get("adding"), (entry or {}).get("there")
    if not isinstance(adding, dict) or not isinstance(there, list):
        return None
    return Intent({str(name): str(text) for name, text in adding.items()}, frozenset(map(str, there)))


def about_to_add(item: Item, view: View) -> dict[str, object]:
    """Return what the journal notes of a row that is about to be made: never a secret."""
    words = {name: text for name, text in item.words.items() if not item.menu.by_name[name].secret}
    return {"adding": words, "there": [row[".id"] for row in view.rows]}


def _equal(router: Router, item: Item) -> Found:
    """Return a row of nobody's that says all that is declared: where rows have no key, that is the one to adopt."""
    for row in router.print(item.menu.path, *placing.query(item.menu, item.words)):
        actual = words_of(item.menu, row)
        pairs = ((item.menu.by_name[name], actual.get(name), text) for name, text in item.words.items())
        if _free(row) and all(same(word, now, text, router.version) for word, now, text in pairs):
            return Found(row, ours=False)
    return Found()


def _free(row: Row) -> bool:
    return identity.owner(row) is None and row.get("dynamic") != "true"


def marked_ids(router: Router, item: Item) -> list[str]:
    """Return the ids of rows that a killed run of ours may have made, whatever their comment says now."""
    if not item.menu.comment:
        return []
    rows = router.snapshot(item.menu.path)
    return [row[".id"] for row in rows if (mark := identity.owner(row)) and mark.same_owner == item.mark.same_owner]


def _may_be_noted(item: Item) -> bool:
    """Tell whether a killed run may have left a note about the row."""
    return item.adopt or not item.menu.comment


def former(router: Router, item: Item, view: View) -> Words | None:
    """Return what an adopted row was before, or raise where it may not be taken."""
    row = view.found.row
    noted = (view.intent or {}).get("former")
    if isinstance(noted, dict):
        return {**{str(name): str(text) for name, text in noted.items()}, **_secrets(router, item, view)}
    if row is None or view.found.ours:
        return None
    holder = identity.owner(row)
    if holder is not None:
        raise DeviceError(
            router.name,
            f"{item.menu.path}: {title(item)} belongs to another resource {_whose(item, holder)}; if that was this one "
            "under another name, name it in `aliases`, else remove it there, or name this one differently",
        )
    if not item.adopt:
        raise DeviceError(
            router.name,
            f"{item.menu.path}: {title(item)} exists already and is not ours; take it over with adopt=True, "
            "or name this one differently",
        )
    return {**words_of(item.menu, row), **_standing(view, row)}


def _whose(item: Item, holder: Mark) -> str:
    """Say how to find a resource by its mark: that is a hash of its type and name."""
    stack = "this stack" if holder.stack == item.mark.stack else "another stack"
    return f"of {stack} (mark {holder}: `pulumi stack export` shows whose it is)"


def _secrets(router: Router, item: Item, view: View) -> dict[str, str]:
    """Return the secrets of a row whose adoption was cut: the former ones unless they were overwritten already."""
    row = view.found.row
    if row is None:
        return {}
    changing = [name for name in lost.changing(view.intent or {}) if name in item.words]
    lost.tell(router, f"{item.menu.path}: {title(item)}", [name for name in changing if _overwritten(item, row, name)])
    return lost.secrets(item.menu, words_of(item.menu, row))


def _overwritten(item: Item, row: Row, name: str) -> bool:
    """The words and the mark are written in one sentence; without a mark, only the value itself tells."""
    if not item.menu.comment:
        return row.get(name) == item.words[name]
    holder = identity.owner(row)
    return holder is not None and holder.same_owner == item.mark.same_owner


def _standing(view: View, row: Row) -> dict[str, str]:
    """Return the id of the row behind one that is about to be placed, under a name that no word has."""
    behind = placing.behind(view.chain)
    return {NEXT: behind[row[".id"]]} if row[".id"] in behind else {}
