"""A menu of settings: what is declared is set, and what was there before comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.engine import changes
from isthmus.engine.changes import UNSET, Baseline, Change, Words
from isthmus.engine.mark import Mark
from isthmus.engine.menu import Menu
from isthmus.errors import DeviceError
from isthmus.transact import journal, lost
from isthmus.transact.blame import blamed
from isthmus.transact.commands import printing, setting
from isthmus.transact.router import Router, Row
from isthmus.transact.transaction import Owner, Transaction, transaction


@dataclass(frozen=True, slots=True)
class Settings:
    """The words of a menu of settings that a resource declares; all others are not its business."""

    menu: Menu
    words: Words
    mark: Mark


@dataclass(frozen=True, slots=True)
class Kept:
    """What the state remembers: what was there before, and how the router spells what was set."""

    former: Words
    base: Baseline
    noted: bool = False


def apply(router: Router, owner: Owner, settings: Settings, former: Words) -> Kept:
    """Set the declared words; those of `former` that are no longer declared go back."""
    path = settings.menu.path
    with transaction(router, owner, [printing(path), journal.intended(settings.mark)]) as change:
        actual = _words(router, settings.menu, router.rows(path, change.replies[0]))
        intent = journal.entry(change.replies[1])
        noted = (intent or {}).get("former")
        _tell_lost(router, settings, [name for name in lost.changing(intent or {}) if name not in former], actual)
        before = {**_now(settings, actual), **(noted if isinstance(noted, dict) else {}), **former}
        wanted = {**{name: text for name, text in before.items() if name not in settings.words}, **settings.words}
        values = {name: text for name, text in wanted.items() if actual.get(name, UNSET) != text}
        noted_now = _set(change, settings, values, before) or intent is not None
        if former:
            router.acknowledged.add(settings.mark)
        actual = _words(router, settings.menu, router.print(path))
    spelled = changes.baseline(settings.menu, settings.words, actual, router.version).spelled
    kept = {name: text for name, text in before.items() if name in settings.words}
    return Kept(kept, Baseline({}, router.version, spelled), noted_now and not former)


def read(router: Router, settings: Settings, base: Baseline) -> dict[str, str]:
    """Return the declared words as they are now; a secret that the router does not show is taken for unchanged."""
    rows = router.snapshot(settings.menu.path)
    actual = base.given(settings.words, _words(router, settings.menu, rows))
    return {
        name: actual.get(name, text if settings.menu.by_name[name].secret else UNSET)
        for name, text in settings.words.items()
    }


def restore(router: Router, owner: Owner, settings: Settings, former: Words) -> None:
    """Set what was there before; with nothing to set, only let the note of it go."""
    with transaction(router, owner, [printing(settings.menu.path)]) as change:
        actual = _words(router, settings.menu, router.rows(settings.menu.path, change.replies[0]))
        _write(change, settings, {name: text for name, text in former.items() if actual.get(name, UNSET) != text})
        router.acknowledged.add(settings.mark)


def _now(settings: Settings, actual: Words) -> dict[str, str]:
    return {name: actual.get(name, UNSET) for name in settings.words}


def _words(router: Router, menu: Menu, rows: list[Row]) -> dict[str, str]:
    if len(rows) != 1:
        raise DeviceError(router.name, f"{menu.path} is a list, not a menu of settings: use routeros.Item for it")
    return menu.canonical(rows[0])


def _tell_lost(router: Router, settings: Settings, names: Sequence[str], actual: Words) -> None:
    """Say which former secrets a killed run overwrote: those that are ours by now."""
    lost.tell(router, settings.menu.path, [name for name in names if actual.get(name) == settings.words.get(name)])


def _set(change: Transaction, settings: Settings, values: Words, before: Words) -> bool:
    """Note what was there, then set: a killed run's successor must not take our values for the former ones."""
    if not values:
        return False
    replies = change.run([journal.intend(settings.mark, lost.noting(settings.menu, before, settings.words))])
    if replies[0].error and "already" not in replies[0].error:
        raise change.router.refusal(journal.MENU, "note the former values", replies[0].error)
    change.if_refused(journal.done(settings.mark))
    _write(change, settings, values)
    return True


def _write(change: Transaction, settings: Settings, values: Words) -> None:
    path = settings.menu.path
    replies = change.run([*setting(settings.menu, "", Change(dict(values))), printing(path)])
    for reply in replies[:-1]:
        if reply.error:
            raise change.router.refusal(path, f"set{blamed(settings.menu, values, reply.error)}", reply.error)
    change.router.remember(path, replies[-1].rows)
