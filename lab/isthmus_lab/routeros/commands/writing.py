"""From a command's words to a row's values: known words only, each normalised, each reference checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros import demands, references
from isthmus_lab.routeros.command import Trap
from isthmus_lab.routeros.completing import COMPLETED
from isthmus_lab.routeros.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from isthmus_lab.routeros.commands.call import Call
    from isthmus_lab.routeros.schema import Argument, Menu, Unique, Verb
    from isthmus_lab.routeros.store import Row, Table

Values = dict[str, str]
Changes = dict[str, str | None]


def changes(call: Call, menu: Menu, verb: Verb, others: Collection[str]) -> Changes:
    """Read the words of an ``add`` or ``set``; ``None`` stands for a property that is to be unset."""
    return dict(_change(call, menu, verb, word) for word in call.attributes if word not in others)


def applied(menu: Menu, values: Mapping[str, str], changed: Changes) -> Values:
    """Return the values as they are after the changes; an empty comment is none."""
    merged = {name: value for name, value in {**values, **changed}.items() if value is not None}
    if not merged.get("comment"):
        merged.pop("comment", None)
    return COMPLETED[menu.path](merged) if menu.path in COMPLETED else merged


def unset(menu: Menu, name: str) -> Changes:
    """Read what is to be unset; what the router cannot unset is refused."""
    argument = menu.arguments.get(name)
    if argument is None or not argument.unset:
        raise Trap(f"unknown parameter {name}")
    return {name: None}


def check(call: Call, table: Table, values: Mapping[str, str], but: Iterable[Row] = ()) -> None:
    """Refuse values that another row has already, or that do not go together."""
    complete = {**_defaults(table.menu), **values}
    if table.menu.path in RULES:
        RULES[table.menu.path](complete)
    demands.check(table.menu.demands, complete)
    for rule in table.menu.unique:
        _check_unique(call, table, rule, values, list(but))


def check_apart(changed: list[tuple[Table, Values]]) -> None:
    """Refuse to give several rows at once what only one may have."""
    seen: set[tuple[str, ...]] = set()
    for table, values in changed:
        for rule in table.menu.unique:
            key = (table.menu.numbers_of, *rule.properties, *table.key(rule.properties, values))
            if key in seen:
                raise Trap(rule.message)
            seen.add(key)


def _check_unique(call: Call, table: Table, rule: Unique, values: Mapping[str, str], but: list[Row]) -> None:
    if not all(name in values or table.menu.arguments[name].default for name in rule.properties):
        return
    for relative in call.device.family(table.menu.numbers_of):
        if relative.indexes(rule) and (taken := relative.taken_by(rule, values)) and taken not in but:
            raise Trap(rule.message)


def _defaults(menu: Menu) -> Values:
    return {name: argument.default for name, argument in menu.arguments.items() if argument.default is not None}


def _change(call: Call, menu: Menu, verb: Verb, word: str) -> tuple[str, str | None]:
    if word.startswith("!"):
        return next(iter(unset(menu, word[1:]).items()))
    return word, _value(call, _argument(menu, verb, word), call.attributes[word])


def _argument(menu: Menu, verb: Verb, word: str) -> Argument:
    argument = menu.arguments.get(word)
    if argument is None or argument.only not in (None, verb):
        raise Trap(f"unknown parameter {word}")
    return argument


def _value(call: Call, argument: Argument, given: str) -> str:
    value = argument.normalise(given, argument.name)
    if argument.of:
        references.check(call.device, argument, value)
    return value
