"""The tables as they are written: TOML files below ``tables``.

One file per menu stands below ``menus``, its path the menu's; what several menus include below ``shared``, and what
several demand of their rows below ``demands``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

_TABLES = files("isthmus_lab.routeros") / "tables"

Table = dict[str, Any]


@cache
def menus() -> Mapping[str, Table]:
    """Return the menus' tables by path, in the order of an export."""
    found = dict(_below(_TABLES / "menus", ""))
    return {path: found[path] for path in sorted(found)}


@cache
def shared(name: str) -> Table:
    """Return the arguments of a file that menus include."""
    return _read(_TABLES / "shared" / f"{name}.toml")


@cache
def demands(name: str) -> Table:
    """Return the demands of a file that menus name."""
    return _read(_TABLES / "demands" / f"{name}.toml")


@cache
def words(name: str) -> frozenset[str]:
    """Return a set of words that is the same for every menu."""
    return frozenset(_read(_TABLES / "words.toml")[name].split())


def notes() -> list[str]:
    """Return what is unverified in more than one menu."""
    found: list[str] = _read(_TABLES / "unverified.toml")["notes"]
    return found


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, Table]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(".toml"):
            yield f"{path}/{entry.name.removesuffix('.toml')}", _read(entry)


def _read(file: Traversable) -> Table:
    return tomllib.loads(file.read_text("utf-8"))
