"""A resource that tests take through its whole life, with a value for each of its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from isthmus import routeros
from isthmus.engine.menu import Menu, untyped, widened
from isthmus.engine.version import Version, parse
from isthmus.routeros.rules import Rows


class Value(NamedTuple):
    """What a program gives a word, not always spelled as the router does, and what a person changes it to.

    `changed` is empty where a person unsets the word, and None where nobody can change it alone.
    """

    given: Any
    changed: str | None


Table = Mapping[str, tuple[Any, str | None]]
"""A `Value` for each word, by attribute."""


@dataclass(frozen=True)
class Specimen:
    """One resource: with `least` it is as small as its menu allows, with `more` it has all that can stand together.

    menu: for a generic resource, its menu's path; `options` are its arguments that are no words.
    """

    kind: str
    name: str
    least: Table = field(default_factory=dict)
    more: Table = field(default_factory=dict)
    menu: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    since: str = ""
    until: str = ""

    @property
    def declared(self) -> Menu:
        """The menu as the provider knows it."""
        if not self.menu:
            found: Menu = attrgetter(self.kind)(routeros).menu()
            return found
        key, comment = tuple(self.options.get("key", ())), bool(self.options.get("comments", True))
        free = untyped(self.menu, [*self.least, *self.more], key=key, comment=comment)
        known = next((menu for menu in menus() if menu.path == self.menu), None)
        return widened(known, free) if known else free

    @property
    def settings(self) -> bool:
        """Whether it is a menu of settings, which has no row to find."""
        return self.declared.singleton or self.kind == "Settings"

    def on(self, version: str) -> bool:
        """Tell whether a router of this version has it."""
        menu, parsed = self.declared, parse(version)
        late = self.until and parsed >= parse(self.until)
        return menu.present(parsed) and parsed >= parse(self.since or "6") and not late

    def values(self, version: str, *, full: bool) -> dict[str, Value]:
        """Return the value of each word that a router of this version knows."""
        table = {**self.least, **(self.more if full else {})}
        return {name: Value(*pair) for name, pair in table.items() if self._knows(name, pair[0], parse(version))}

    def _knows(self, attribute: str, given: Any, version: Version) -> bool:
        word = self.declared.words[attribute]
        came = word.kind.since(word.kind.canonical(given))
        return word.known(version) and (came is None or version >= came)


def typed() -> dict[str, type[routeros.base.RouterOS]]:
    """Return every public class of a row or of settings, by its path below `routeros`."""
    found = {}
    waiting = [(name, getattr(routeros, name)) for name in routeros.__all__]
    while waiting:
        name, thing = waiting.pop()
        if isinstance(thing, type) and issubclass(thing, routeros.base.RouterOS):
            found[name] = thing
        elif hasattr(thing, "__all__"):
            waiting += [(f"{name}.{part}", getattr(thing, part)) for part in thing.__all__]
    return found


def menus() -> list[Menu]:
    """Return every declared menu."""
    return [kind.menu() for kind in typed().values() if not issubclass(kind, Rows)]
