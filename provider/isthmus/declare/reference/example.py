"""The example program of a resource."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from isthmus.declare.reference.catalogue import ROOTS, Entry
from isthmus.declare.reference.chosen import BEFORE, BY_MENU, BY_NAME, BY_SET, SECOND, Source
from isthmus.declare.reference.values import sample
from isthmus.engine.menu import Menu, Word

DEVICES: Final = {"routeros": "seattle", "linux": "gw"}


def program(entry: Entry) -> str:
    """Return a program that declares one resource, and what it stands on."""
    before = BEFORE.get(entry.cls.menu().path, []) if entry.typed else []
    device = {"device": DEVICES[entry.root]} if entry.on_device else {}
    lines = [f"    {name}={_python(value)}," for name, value in {**device, **arguments(entry)}.items()]
    rows = [f"    {name}=[", *(f"        {row}," for row in _rows(entry)), "    ],"] if (name := entry.listed) else []
    body = [f"{entry.name}(", '    "example",', *lines, *rows, ")", ""]
    return "\n".join([f"from isthmus import {_imported(entry, before)}", "", *before, *body])


def arguments(entry: Entry) -> Mapping[str, Any]:
    """Return the arguments of the example, by attribute; of a list those that are not its rows."""
    if entry.objects:
        return {}
    if not entry.typed:
        return BY_NAME.get(entry.name, {})
    menu = entry.cls.menu()
    return {menu.by_name[menu.group].attribute: row(menu)[menu.group]} if entry.listed else row(menu)


def row(menu: Menu) -> Mapping[str, Any]:
    """Return the words of an example row, by attribute."""
    return BY_MENU.get(menu.path) or {word.attribute: sample(word.kind, "example") for word in _needed(menu)}


def rows(entry: Entry) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return two rows of a list or set."""
    if entry.objects:
        return BY_SET[entry.objects]
    menu = entry.cls.menu()
    words = {name: value for name, value in row(menu).items() if name != menu.group}
    return words, {**words, **{menu.by_name[name].attribute: other for name, other in _another(menu)}, "disabled": True}


def _another(menu: Menu) -> Iterator[tuple[str, str]]:
    """Return values for a second row where no two rows of a list may be equal."""
    for name in menu.key:
        if name != menu.group:
            yield name, SECOND[menu.path]


def _rows(entry: Entry) -> list[str]:
    """Return two rows as source, one in each of the forms that a list takes."""
    first, second = rows(entry)
    typed = ", ".join(f"{name}={_python(value)}" for name, value in first.items())
    return [f"{entry.name_of_row}({typed})", _python(second)]


def _needed(menu: Menu) -> list[Word]:
    """Return the words that an item must have and those of its key; where there are none, its first."""
    every = list(menu.words.values())
    key = {name for name in menu.key if menu.by_name[name].default is None}
    return [word for word in every if word.required or word.name in key] or every[:1]


def _imported(entry: Entry, before: list[str]) -> str:
    """Return what the program imports, in the order that a linter wants."""
    names = importlib.import_module(ROOTS[""]).__all__
    used = {name for name in names if re.search(rf"\b{name}\b", "\n".join(before))}
    return ", ".join(sorted({entry.root, *used}, key=lambda name: (name.islower(), name)))


def _python(value: Any) -> str:
    """Return a value as source; a text of several lines stands as such."""
    if isinstance(value, Source):
        return value.text
    if isinstance(value, str):
        return f'"""\n{value}"""' if "\n" in value else json.dumps(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{json.dumps(name)}: {_python(part)}' for name, part in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_python, value))}]"
    return repr(value)
