"""What a person does to specimens' rows behind Pulumi's back."""

from __future__ import annotations

from collections.abc import Mapping

from isthmus.engine.menu import Word
from isthmus_lab import EmulatedRouter
from tests.engine.every.specimen import Specimen, Value


def rows(router: EmulatedRouter, path: str) -> list[Mapping[str, str]]:
    """Return the rows of a menu."""
    return list(router.control.execute(f"{path}/print").rows)


def find(router: EmulatedRouter, specimen: Specimen, mark: str) -> Mapping[str, str]:
    """Return a specimen's row: by its mark, by its name where it has no comment, or the menu's settings."""
    menu = specimen.declared
    every = rows(router, menu.path)
    if len(every) == 1 and ".id" not in every[0]:
        return every[0]
    names = {specimen.name, f"{specimen.name}-{mark.rpartition('-')[2]}", *_names(specimen)}
    return next(row for row in every if mark in row.get("comment", "") or (not menu.comment and row["name"] in names))


def _names(specimen: Specimen) -> set[str]:
    return {str(given) for name, (given, _) in {**specimen.least, **specimen.more}.items() if name == "name"}


def change(router: EmulatedRouter, specimen: Specimen, row: Mapping[str, str], words: Mapping[str, str]) -> None:
    """Set words of a row, and unset those whose value is empty; our mark stays behind the comment."""
    path = specimen.declared.path
    target = {".id": row[".id"]} if ".id" in row else {}
    texts = {name if text else f"!{name}": text for name, text in words.items()}
    if "comment" in texts:
        texts["comment"] += " " + row["comment"].rpartition(" ")[2]
    if texts:
        router.control.execute(f"{path}/set", {**target, **texts})


def key_of(specimen: Specimen, version: str) -> dict[str, str]:
    """Return the words that tell a specimen's row from others, as the router spells them; empty if it lacks one."""
    menu, values = specimen.declared, specimen.values(version, full=True)
    given = {word.name: values[word.attribute].given for word in menu.words.values() if word.attribute in values}
    if not menu.key or not set(menu.key) <= set(given):
        return {}
    return {name: menu.by_name[name].kind.canonical(given[name]) for name in menu.key}


def make_otherwise(router: EmulatedRouter, specimen: Specimen, version: str) -> None:
    """Make a row with a specimen's key, or set a menu's settings, with all other words at other values."""
    menu, values = specimen.declared, specimen.values(version, full=True)
    others = {menu.words[name].name: _other(menu.words[name], value) for name, value in values.items()}
    others = {name: text for name, text in others.items() if text}
    verb = "set" if specimen.settings else "add"
    router.control.execute(f"{menu.path}/{verb}", {**others, **key_of(specimen, version)})


def _other(word: Word, value: Value) -> str:
    """Return what a person changes a word to, or its value where nobody can change it alone."""
    return word.kind.canonical(value.given) if value.changed is None else value.changed


def erase_mark(router: EmulatedRouter, specimen: Specimen, row: Mapping[str, str]) -> None:
    """Take our mark out of a row's comment."""
    text = row["comment"].rpartition("[isthmus:")[0].strip()
    router.control.execute(f"{specimen.declared.path}/set", {".id": row[".id"], "comment": text})


def remove(router: EmulatedRouter, specimen: Specimen, row: Mapping[str, str]) -> None:
    """Remove a row."""
    router.control.execute(f"{specimen.declared.path}/remove", {".id": row[".id"]})
