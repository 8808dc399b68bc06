"""Reading the tables: one TOML file per menu below ``tables/menus``, its path the menu's.

Wherever a table may say a value, it may say one by version instead: a table whose keys are versions, each holding
from that version on. ``since`` and ``until`` (the first version without it) bound an argument, a row or a whole menu.
``include`` names files of arguments that several menus share, below ``tables/shared``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from isthmus_lab.routeros.schema import Argument, FirstRow, Menu, Unique
from isthmus_lab.routeros.values.catalogue import normaliser
from isthmus_lab.routeros.versions import Span, Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

_VERSION = re.compile(r"\d+\.\d+(\.\d+)?")
_TABLES = files("isthmus_lab.routeros") / "tables"

Table = dict[str, Any]


@cache
def menus(version: Version) -> Mapping[str, Menu]:
    """Return every menu that a version knows, by path, in the order of an export."""
    resolved = {path: resolve(table, version) for path, table in tables().items()}
    return {path: _menu(path, table, version) for path, table in resolved.items() if _known(table, version)}


@cache
def words(name: str) -> frozenset[str]:
    """Return a set of words that all menus share."""
    return frozenset(tomllib.loads((_TABLES / "words.toml").read_text("utf-8"))[name].split())


@cache
def tables() -> Mapping[str, Table]:
    """Return the tables as they are written, by menu path."""
    found = dict(_files(_TABLES / "menus", ""))
    return {path: found[path] for path in sorted(found)}


def resolve(table: Table, version: Version) -> Table:
    """Choose, wherever values are given by version, the one that holds; what the version lacks is left out."""
    chosen = {key: _resolved(value, version) for key, value in table.items()}
    return {key: value for key, value in chosen.items() if value is not None}


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Table]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(".toml"):
            yield f"{path}/{entry.name.removesuffix('.toml')}", tomllib.loads(entry.read_text("utf-8"))


@cache
def _shared(name: str) -> Table:
    return tomllib.loads((_TABLES / "shared" / f"{name}.toml").read_text("utf-8"))


def _by_version(table: Table) -> bool:
    return bool(table) and all(_VERSION.fullmatch(key) for key in table)


def _resolved(value: Any, version: Version) -> Any:
    if isinstance(value, list):
        return [_resolved(entry, version) for entry in value]
    if not isinstance(value, dict):
        return value
    return _at(value, version) if _by_version(value) else resolve(value, version)


def _at(table: Table, version: Version) -> Any:
    holding = [key for key in table if Version.parse(key) <= version]
    return _resolved(table[max(holding, key=Version.parse)], version) if holding else None


def _known(table: Table, version: Version) -> bool:
    if table.get("absent"):
        return False
    bounds = [Version.parse(table[key]) if key in table else None for key in ("since", "until")]
    return version in Span(*bounds)


def _menu(path: str, table: Table, version: Version) -> Menu:
    arguments: Table = {}
    for name in table.get("include", []):
        arguments |= resolve(_shared(name), version)
    arguments |= table.get("arguments", {})
    known = {name: spec for name, spec in arguments.items() if _known(spec, version)}
    return Menu(
        path=path,
        kind=table.get("kind", "list"),
        arguments={name: _argument(name, spec) for name, spec in known.items()},
        ordered=table.get("ordered", False),
        shown=table.get("shown", {}),
        shown_if_true=frozenset(table.get("shown-if-true", [])),
        unique=tuple(_unique(table, known)),
        first_rows=tuple(_first_row(row) for row in table.get("rows", []) if _known(row, version)),
        first_number=table.get("first-number", 1),
        numbers_of=table.get("numbers-of", path),
        auto_name=table.get("auto-name"),
        noun=table.get("noun", "item"),
        interface_type=table.get("interface-type"),
        without=frozenset(table.get("without", [])),
        next_number=table.get("next-number", False),
        policy=table.get("policy", "write"),
        missing=table.get("missing"),
    )


def _unique(table: Table, known: Table) -> Iterator[Unique]:
    for rule in table.get("unique", []):
        if all(name in known for name in rule["properties"]):
            yield Unique(tuple(rule["properties"]), rule["message"])


def _argument(name: str, spec: Table) -> Argument:
    return Argument(
        name=name,
        normalise=normaliser(spec),
        default=spec.get("default"),
        when={other: frozenset(words.split()) for other, words in spec.get("when", {}).items()},
        required=spec.get("required", False),
        unset=spec.get("unset", False),
        secret=spec.get("secret", False),
        hidden=spec.get("hidden", False),
        only=spec.get("only"),
        of=tuple(spec.get("of", [])),
        listed=spec.get("list", False),
        words=frozenset(spec.get("words", "").split()),
        values=tuple(spec.get("values", "").split()),
    )


def _first_row(row: Table) -> FirstRow:
    number = row.get("number")
    return FirstRow(
        values=row.get("values", {}),
        facts=row.get("facts", {}),
        number=int(number, 16) if number else None,
        removable=row.get("removable", False),
    )
