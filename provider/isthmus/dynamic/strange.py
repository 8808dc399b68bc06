"""Words of a generic resource that the class of its menu does not declare: mistyped, or newer than the declaration."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from isthmus.declare import registry
from isthmus.dynamic import process, state, where
from isthmus.dynamic.base import Props, unknown
from isthmus.engine import checks
from isthmus.engine.checks import Problem
from isthmus.engine.menu import Menu

NEAR = 0.9
"""The likeness of a mistyped word; that of `src-port` and `dst-port`, both words of a router, is less."""


def problems(news: Props) -> Iterator[Problem]:
    """Refuse a word that is nearly one that the menu's class declares; say of any other that it is sent as it is.

    A newer router may have words that no declaration has yet.
    """
    menu = registry.menu(str(news["menu"]))
    if menu is None or "properties" not in news or unknown(news["properties"]):
        return
    for name in state.given(news):
        if name in menu.by_name:
            continue
        if _mistyped(menu, name):
            yield checks.unknown(menu, name, menu.by_name)
        else:
            device = where.named(news.get("device"))
            process.say(f"warning: {device}: {menu.path}: {name!r} is not known to isthmus; it is sent as it is")


def _mistyped(menu: Menu, name: str) -> bool:
    spelled = name.replace("_", "-").lower()
    return any(_near(spelled, known) for known in menu.by_name)


def _near(one: str, other: str) -> bool:
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    return sorted(one) == sorted(other) or difflib.SequenceMatcher(None, one, other).ratio() >= NEAR
