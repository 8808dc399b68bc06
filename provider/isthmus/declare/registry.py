"""Every declared menu by its path, so that a provider finds it from what the state holds."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache

from isthmus.engine.menu import Menu

DECLARATIONS = ("isthmus.routeros", "isthmus.linux")
"""The packages whose import declares all menus and kinds of objects."""

_menus: dict[str, Callable[[], Menu]] = {}


def register(path: str, menu: Callable[[], Menu]) -> None:
    """Make a menu known; its words are read when they are first needed."""
    if path in _menus:
        raise ValueError(f"{path} is declared twice")
    _menus[path] = menu


@cache
def menu(path: str) -> Menu | None:
    """Return a declared menu, or None."""
    _declare()
    found = _menus.get(path)
    return found() if found else None


def paths() -> list[str]:
    """Return the paths of all declared menus of routers, sorted."""
    _declare()
    return sorted(path for path in _menus if path.startswith("/"))


def kinds() -> list[str]:
    """Return the names of all declared kinds of objects on Linux hosts, sorted."""
    _declare()
    return sorted(path for path in _menus if not path.startswith("/"))


def _declare() -> None:
    for package in DECLARATIONS:
        importlib.import_module(package)
