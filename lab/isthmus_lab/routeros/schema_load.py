"""From the tables as they are written to the menus of one version.

Defaults and first rows are written as an administrator would give them, and normalised here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from isthmus_lab.routeros import written
from isthmus_lab.routeros.resolving import known, resolve
from isthmus_lab.routeros.schema import Argument, Demand, FirstRow, Menu, Unique
from isthmus_lab.routeros.values.catalogue import normaliser

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from isthmus_lab.routeros.versions import Version
    from isthmus_lab.routeros.written import Table


@cache
def menus(version: Version) -> Mapping[str, Menu]:
    """Return every menu that a version knows, by path, in the order of an export."""
    resolved = {path: resolve(table, version) for path, table in written.menus().items()}
    return {path: _menu(path, table, version) for path, table in resolved.items() if known(table, version)}


def _menu(path: str, table: Table, version: Version) -> Menu:
    arguments = _arguments(table, version)
    return Menu(
        path=path,
        kind=table.get("kind", "list"),
        arguments=arguments,
        required=tuple(table.get("required", [])),
        ordered=table.get("ordered", False),
        shown=table.get("shown", {}),
        shown_if_true=frozenset(table.get("shown-if-true", [])),
        unique=tuple(_unique(table, arguments)),
        first_rows=tuple(_first_row(row, arguments) for row in table.get("rows", []) if known(row, version)),
        first_number=table.get("first-number", 1),
        numbers_of=table.get("numbers-of", path),
        auto_name=table.get("auto-name"),
        noun=table.get("noun", "item"),
        interface_type=table.get("interface-type"),
        without=frozenset(table.get("without", [])),
        next_number=table.get("next-number", False),
        dynamic_removable=table.get("dynamic-removable", False),
        policy=table.get("policy", "write"),
        missing=table.get("missing"),
        demands=tuple(_demands(table, version)),
    )


def _arguments(table: Table, version: Version) -> dict[str, Argument]:
    specs: Table = {}
    for name in table.get("include", []):
        specs |= resolve(written.shared(name), version)
    specs |= table.get("arguments", {})
    return {name: _argument(name, spec) for name, spec in specs.items() if known(spec, version)}


def _argument(name: str, spec: Table) -> Argument:
    normalise = normaliser(spec)
    return Argument(
        name=name,
        normalise=normalise,
        default=normalise(spec["default"], name) if "default" in spec else None,
        when=_texts(spec, "when"),
        unset=spec.get("unset", False),
        secret=spec.get("secret", False),
        hidden=spec.get("hidden", False),
        only=spec.get("only"),
        of=tuple(spec.get("of", [])),
        listed=spec.get("list", False),
        words=frozenset(spec.get("words", "").split()),
        values=tuple(spec.get("values", "").split()),
    )


def _demands(table: Table, version: Version) -> Iterator[Demand]:
    specs = [spec for name in table.get("demands", []) for spec in resolve(written.demands(name), version).values()]
    for spec in specs:
        yield Demand(
            refusal=spec["refusal"],
            words=tuple(spec.get("words", [])),
            when=_texts(spec, "when"),
            among=_texts(spec, "among"),
            outside=_texts(spec, "outside"),
        )


def _texts(spec: Table, key: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(texts.split()) for name, texts in spec.get(key, {}).items()}


def _unique(table: Table, arguments: Mapping[str, Argument]) -> Iterator[Unique]:
    for rule in table.get("unique", []):
        if all(name in arguments for name in rule["properties"]):
            yield Unique(tuple(rule["properties"]), rule["message"])


def _first_row(row: Table, arguments: Mapping[str, Argument]) -> FirstRow:
    number = row.get("number")
    return FirstRow(
        values={name: arguments[name].normalise(value, name) for name, value in row.get("values", {}).items()},
        facts=row.get("facts", {}),
        number=int(number, 16) if number else None,
    )
