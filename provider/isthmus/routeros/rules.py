"""Lists of rules and sets of entries, each owned as one resource and shown as text, one row a line."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import pulumi

from isthmus.declare.fields import Fields, Property, Required, argument, output, required
from isthmus.dynamic import RowsProvider
from isthmus.engine import text
from isthmus.engine.kinds import plain
from isthmus.engine.menu import Menu, spell
from isthmus.routeros.base import RouterOS, own_mark
from isthmus.routeros.place import Place, located
from isthmus.routeros.sharing import enter

_ROWS = RowsProvider()


class RuleArgs(Fields):
    """One row of a list: the words that it sets."""

    if not TYPE_CHECKING:

        def __init__(self, **words: Any) -> None:
            self.__dict__.update({name: value for name, value in words.items() if value is not None})

    def given(self) -> dict[str, Any]:
        """Return the words that were given, by attribute."""
        return dict(self.__dict__)


class Rows(RouterOS):
    """Rows of one group (a chain, a list's name) that belong to one resource."""

    _of: ClassVar[type[RouterOS]]
    _listed: ClassVar[str] = "rules"
    _family = _ROWS

    mark: Property[str] = output("The ownership mark of the rows.")
    foreign: Property[str] = output("The rows of the group that are not ours, as a refresh found them.")
    adopt: bool = argument("Take over rows that exist already, say the same and are nobody's.")

    def __init_subclass__(cls, of: type[RouterOS] | None = None) -> None:
        """Declare a list of the rows of another class's menu."""
        super().__init_subclass__()
        if of is not None:
            cls._of = of
            cls._resource_type_name = sibling(of, cls)

    @classmethod
    def menu(cls) -> Menu:
        """Return the menu of the rows."""
        return cls._of.menu()

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        menu = self.menu()
        place = located(name, arguments.pop("place", None))
        group, rows = arguments.pop(menu.group, None), arguments.pop(self._listed, None)
        if isinstance(rows, str | Mapping | RuleArgs):
            raise pulumi.RunError(f"{name}: {self._listed}: give a list such as {self._listed}=[...], found {rows!r}")
        _each_given(f"{name}: {self._listed}", menu, rows)
        given = {key: value for key, value in arguments.items() if value is not None}
        standing = {"place": place.text()} if place else {}
        if menu.ordered and rows not in (None, [], ()):
            enter(name, arguments.get("device"), menu.path, group, whole=arguments.get("exclusive"))
        mark = own_mark(self, name, opts, place.band if place else "u")
        if place:
            mark = place.marked(mark)
        outputs = {"rows": None, "foreign": None, "reached": None}
        return {
            **outputs,
            **given,
            **standing,
            "menu": menu.path,
            "mark": mark,
            "group": group,
            **_listing(menu, rows),
        }


class Rules(Rows):
    """An ordered list of rules in a chain.

    The rules stand together, in the order given and in their place; foreign rules are reported in `foreign`. With
    `exclusive` the chain is owned whole: rules of nobody are removed (and come back on destroy), and show as drift.
    """

    chain: Required[str] = required("The chain that the rules are in.")
    place: Place | None = argument("Where in the chain the rules stand.")
    exclusive: bool = argument("Own the whole chain.")


def sibling(of: type[RouterOS], cls: type) -> str:
    """Return the type name of a list: that of its rows' class, with its own name."""
    return of._resource_type_name.replace(of.__name__, cls.__name__)  # noqa: SLF001 - one family


class Entries(Rows):
    """A set of entries of one name; their order means nothing.

    An entry may be given as the bare value of the word that tells entries apart.
    """

    _listed = "entries"
    list: Required[str] = required("The name of the list that the entries are in.")


def _listing(menu: Menu, rows: Any) -> dict[str, Any]:
    """Return rows as text, and whether it holds a secret: a provider is told a secret as if it were none."""
    if rows is None:
        return {"rules": None}
    listing = rendered(menu, rows)
    return {"rules": listing, "veiled": _veiled(listing)}


def _veiled(listing: pulumi.Output[str]) -> pulumi.Output[bool | None]:
    """Return True for a secret, which itself is none; nothing for all else."""

    async def secret() -> bool | None:
        return True if await listing.is_secret() else None

    async def known() -> bool:
        return True

    return pulumi.Output(set(), asyncio.ensure_future(secret()), asyncio.ensure_future(known()))


def _each_given(where: str, menu: Menu, rows: Any) -> None:
    """Raise RunError for a row that is nothing, or a bare value where no word alone tells rows apart."""
    bare = any(name != menu.group for name in menu.key)
    for number, row in enumerate(rows if isinstance(rows, list | tuple) else (), 1):
        if row is None or (isinstance(row, str | int | float) and not bare):
            raise pulumi.RunError(f"{where}: expected the words of a row such as {{...}}, found {row!r} (row {number})")


def rendered(menu: Menu, rows: Any) -> pulumi.Output[str]:
    """Return rows as text; it is unknown if anything in it is, and secret likewise."""
    listed: pulumi.Output[Any] = pulumi.Output.from_input(rows).apply(_entries)
    return listed.apply(lambda entries: text.block(menu, _sorted(menu, [_spelled(menu, entry) for entry in entries])))


def _entries(entries: Any) -> pulumi.Output[Any]:
    return pulumi.Output.all(*[entry.given() if isinstance(entry, RuleArgs) else entry for entry in entries or []])


def _sorted(menu: Menu, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return rows if menu.ordered else sorted(rows, key=lambda row: text.line(menu, row))


def _spelled(menu: Menu, entry: Any) -> dict[str, str]:
    """Return the words of an entry; what cannot be spelled is kept as it is, for the check to tell."""
    if not isinstance(entry, Mapping):
        key = next((name for name in menu.key if name != menu.group), "entry")
        known = menu.by_name.get(key)
        return dict([_pair(menu, known.attribute if known else key, "" if entry is None else entry)])
    pairs = ((name, value) for name, value in entry.items() if value is not None)
    return dict(_pair(menu, str(name), value) for name, value in pairs)


def _pair(menu: Menu, attribute: str, value: Any) -> tuple[str, str]:
    word = menu.words.get(attribute)
    if word is None:
        return attribute.replace("_", "-"), _raw(value)
    try:
        return word.name, spell(word, value)
    except (ValueError, TypeError):
        return word.name, _raw(value)


def _raw(value: Any) -> str:
    try:
        return plain(value)
    except ValueError:
        return str(value)
