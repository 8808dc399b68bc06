"""The example program of a resource."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from isthmus.declare.reference.catalogue import Entry
from isthmus.declare.reference.chosen import BY_MENU, BY_NAME
from isthmus.declare.reference.values import sample
from isthmus.engine.menu import Menu, Word

DEVICE: Final = "seattle"


def program(entry: Entry) -> str:
    """Return a program that declares one resource."""
    root = entry.name.partition(".")[0]
    device = {"device": DEVICE} if entry.name != "Secret" else {}
    lines = [f"    {name}={_python(value)}," for name, value in {**device, **arguments(entry)}.items()]
    rows = [f"    {name}=[", *(f"        {row}," for row in _rows(entry)), "    ],"] if (name := entry.listed) else []
    return "\n".join([f"from isthmus import {root}", "", f"{entry.name}(", '    "example",', *lines, *rows, ")", ""])


def arguments(entry: Entry) -> Mapping[str, Any]:
    """Return the arguments of the example, by attribute; of a list those that are not its rows."""
    if not entry.typed:
        return BY_NAME[entry.name]
    menu = entry.cls.menu()
    return {menu.by_name[menu.group].attribute: row(menu)[menu.group]} if entry.listed else row(menu)


def row(menu: Menu) -> Mapping[str, Any]:
    """Return the words of an example row, by attribute."""
    return BY_MENU.get(menu.path) or {word.attribute: sample(word.kind, "example") for word in _needed(menu)}


def _rows(entry: Entry) -> list[str]:
    """Return two rows as source, one in each of the forms that a list takes."""
    menu = entry.cls.menu()
    words = {name: value for name, value in row(menu).items() if name != menu.group}
    typed = ", ".join(f"{name}={_python(value)}" for name, value in words.items())
    return [f"{entry.name_of_row}Args({typed})", _python({**words, "disabled": True})]


def _needed(menu: Menu) -> list[Word]:
    """Return the words that an item must have and those of its key; where there are none, its first."""
    every = list(menu.words.values())
    return [word for word in every if word.required or word.name in menu.key] or every[:1]


def _python(value: Any) -> str:
    return json.dumps(value).replace("true", "True").replace("false", "False")
