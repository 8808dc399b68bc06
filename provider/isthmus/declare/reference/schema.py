"""What a resource's arguments may be, as JSON schema (draft 2020-12)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from isthmus.declare.reference.catalogue import Entry
from isthmus.engine.menu import Menu, Word

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
DEVICE: Final = {"description": "The device: its name, or how it is reached.", "type": ["string", "object"]}


def schema(entry: Entry, others: Sequence[Entry] = ()) -> dict[str, Any]:
    """Return the schema of a declared resource's device and words; for a list, those of its rows below.

    `others` are the resources that a set of objects is looked up in.
    """
    if entry.objects:
        return {"$schema": DRAFT, "title": entry.name, **_set(entry, entry.members(others))}
    menu: Menu = entry.cls.menu()
    if entry.rows is None:
        return {"$schema": DRAFT, "title": entry.name, **_object(menu, {"device": DEVICE})}
    group = menu.by_name[menu.group]
    row = _object(menu, {}, without=menu.group)
    rows = {"type": "array", "items": row}
    properties = {"device": DEVICE, group.attribute: _property(group), entry.listed: rows}
    return {"$schema": DRAFT, "title": entry.name, **_closed(properties, list(properties))}


def _set(entry: Entry, members: Sequence[Entry]) -> dict[str, Any]:
    """Return the schema of a set, whose objects say of which kind they are where they may be of several."""
    menus = [one.cls.menu() for one in members]
    kinds = [{"kind": {"const": menu.path.partition("/")[2]}} if menu.path != entry.objects else {} for menu in menus]
    rows = {"type": "array", "items": {"anyOf": [_object(*each) for each in zip(menus, kinds, strict=True)]}}
    return _closed({"device": DEVICE, entry.listed: rows}, ["device", entry.listed])


def _object(menu: Menu, others: dict[str, Any], without: str = "") -> dict[str, Any]:
    words = [word for word in menu.words.values() if word.name != without]
    properties = {**others, **{word.attribute: _property(word) for word in words}}
    return _closed(properties, [*others, *(word.attribute for word in words if word.required)])


def _closed(properties: dict[str, Any], needed: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _property(word: Word) -> dict[str, Any]:
    hidden = {"writeOnly": True} if word.secret else {}
    return {"description": word.doc, **word.kind.json_schema(), **hidden}
