"""An object's life on a Linux host: made or found, read, changed and let go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from isthmus.engine import changes
from isthmus.engine.changes import Baseline, Words
from isthmus.engine.mark import Mark
from isthmus.engine.menu import Menu, spell
from isthmus.engine.version import Version
from isthmus.transact.host import Host, Props


@dataclass(frozen=True, slots=True)
class Object:
    """An object as it is declared: its kind (the menu's path) and canonical words."""

    menu: Menu
    words: Words
    mark: Mark
    adopt: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What the state remembers: what the host made of the object, and what an adopted one was before."""

    base: Baseline
    former: Words | None = None


def put(host: Host, declared: Object, kept: Kept | None, recorded: Words) -> Kept:
    """Make the object, find the one of a killed run, or change it; `recorded` is what the state last saw."""
    (answer,) = host.put([request(declared, kept, recorded)], cuts=risky(declared, recorded))
    actual = words_of(declared.menu, answer["actual"])
    former = answer["former"]
    return Kept(
        changes.baseline(declared.menu, declared.words, actual, host.version),
        None if former is None else words_of(declared.menu, former),
    )


def read(host: Host, declared: Object, kept: Kept) -> dict[str, str] | None:
    """Return the object's words as they are now, None if it is gone."""
    menu, base = declared.menu, kept.base
    wanted = menu.identity(declared.words)
    netns = str(declared.words.get("netns", ""))
    for found in chain(host.snapshot(declared.menu.path, netns), _unlisted(host, declared)):
        actual = words_of(menu, found)
        if menu.identity(base.given(declared.words, actual)) == wanted:
            return changes.observed(menu, declared.words, base, actual)
    return None


def _unlisted(host: Host, declared: Object) -> Iterator[Props]:
    """Look for an object that the host does not list, because its record is gone."""
    if not declared.menu.listed:
        found = host.call("look", kind=declared.menu.path, props=values(declared.menu, declared.words))
        yield from [found] if found else []


def drop(host: Host, declared: Object, kept: Kept, *, keep: bool = False) -> None:
    """Remove the object, or give an adopted one back; one that is gone already is no error."""
    host.drop([{**request(declared, kept, {}), "keep": keep}], cuts=True)


def risky(declared: Object, recorded: Words) -> bool:
    """Tell whether a change can cut the way in: of a kind that can, or of such a word on an object that may be there.

    The host itself then looks whether it does.
    """
    menu, there = declared.menu, bool(recorded) or declared.adopt
    changed = [name for name in {**recorded, **declared.words} if recorded.get(name) != declared.words.get(name)]
    cutting = (menu.carries or menu.by_name[name].cuts for name in changed if name in menu.by_name)
    return menu.cuts or (there and any(cutting))


def request(declared: Object, kept: Kept | None, recorded: Words) -> Props:
    """Return what the agent is asked: the whole object, with what was found beside what is declared."""
    menu = declared.menu
    found = dict(kept.base.words) if kept else {}
    removed = {name: menu.by_name[name].default_of(_ANY) for name in recorded if name in menu.by_name}
    words = {**{name: text for name, text in removed.items() if text is not None}, **found, **declared.words}
    former = kept.former if kept else None
    return {
        "kind": menu.path,
        "mark": str(declared.mark),
        "props": values(menu, words),
        "adopt": declared.adopt,
        "former": None if former is None else values(menu, former),
    }


def values(menu: Menu, words: Words) -> Props:
    """Return words as the agent takes them: numbers, booleans, lists."""
    return {name: menu.by_name[name].kind.python(text) if text else text for name, text in words.items()}


def words_of(menu: Menu, shown: Mapping[str, Any]) -> dict[str, str]:
    """Return what the agent shows as canonical words; what it does not know of, or is not there, is left out."""
    return {
        name: spell(menu.by_name[name], value)
        for name, value in shown.items()
        if name in menu.by_name and value not in (None, "")
    }


_ANY = Version(0)
