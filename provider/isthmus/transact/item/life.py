"""A row's life: made or found, read, changed and let go."""

from __future__ import annotations

from dataclasses import replace

from isthmus.engine import changes, identity
from isthmus.engine.changes import Baseline
from isthmus.engine.identity import Claim, Row
from isthmus.errors import DeviceError
from isthmus.transact import lost, placing
from isthmus.transact.commands import removing
from isthmus.transact.item import finding, writing
from isthmus.transact.item.declared import Item, Kept, Seen, title, words_of
from isthmus.transact.router import Router
from isthmus.transact.transaction import Owner, transaction


def create(router: Router, owner: Owner, item: Item) -> Kept:
    """Make the row, or find the one that a killed run made; DeviceError if another stands in its place."""
    claim = Claim(item.mark, item.words)
    with transaction(router, owner, finding.reads(item, claim, finding.marked_ids(router, item))) as change:
        view = finding.view(router, item, claim, change.replies)
        former = finding.former(router, item, view)
        row = writing.add(change, item, view) if view.found.row is None else writing.take(change, item, view, former)
        noted = view.intent is not None or writing.intends(item, former)
    router.remember(item.menu.path, [row])
    return Kept(row[".id"], writing.baseline(router, item, row), former, noted)


def read(router: Router, item: Item, kept: Kept) -> Seen | None:
    """Return what the row is now, None if it is gone."""
    acknowledge(router, item, kept)
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


def acknowledge(router: Router, item: Item, kept: Kept) -> None:
    """Let the note of a row go with the next change of its router: the state has what it said."""
    if kept.noted:
        router.acknowledged.add(item.mark)


def update(router: Router, owner: Owner, item: Item, recorded: Item, kept: Kept) -> Kept:
    """Make the row as declared; `recorded` is what the state last saw, and under which mark."""
    claim = Claim(recorded.mark, recorded.words, kept.row)
    with transaction(router, owner, finding.reads(item, claim, [])) as change:
        view = finding.view(router, item, claim, change.replies)
        if view.found.row is None or not view.found.ours:
            raise DeviceError(
                router.name, f"{item.menu.path}: {title(item)} is gone; run `pulumi up --refresh` to make it anew"
            )
        base = _with_former(item, kept)
        _tell_irreparable(router, item, view.found.row, base)
        row = writing.write(change, item, view, view.found.row, recorded.words, base)
        acknowledge(router, recorded, kept)
    router.remember(item.menu.path, [row])
    return replace(kept, row=row[".id"], base=writing.baseline(router, item, row), noted=False)


def _with_former(item: Item, kept: Kept) -> Baseline:
    """Return the baseline with the secrets that an adopted row had: they can be put back."""
    return replace(kept.base, words={**lost.secrets(item.menu, kept.former or {}), **kept.base.words})


def _tell_irreparable(router: Router, item: Item, row: Row, base: Baseline) -> None:
    names = changes.irreparable(item.menu, item.words, base, words_of(item.menu, row))
    if names:
        changed = f"{', '.join(sorted(names))} was changed by hand, and what it was is not recorded"
        print(f"warning: {router.name}: {item.menu.path}: {title(item)}: {changed}: it stays as it is", flush=True)


def delete(router: Router, owner: Owner, item: Item, kept: Kept, *, keep: bool = False) -> None:
    """Remove the row, or give an adopted one back as it was; a row that is gone already is no error."""
    claim = Claim(item.mark, item.words, kept.row)
    with transaction(router, owner, finding.reads(item, claim, [])) as change:
        acknowledge(router, item, kept)
        view = finding.view(router, item, claim, change.replies)
        if view.found.row is None or not view.found.ours:
            return
        row = view.found.row[".id"]
        if kept.former is None:
            commands = [removing(item.menu, row)]
        else:
            now = view.found.row if keep else writing.without_surplus(change, item, view.found.row, kept.former)
            commands = writing.giving_back(router, item, view, now, kept, keep=keep)
        writing.must(router, item, "remove", change.run(commands))
    router.remember(item.menu.path, [], [row] if kept.former is None else [])
