"""A menu's words as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from isthmus.declare.reference.values import described
from isthmus.engine.menu import Menu, Word

TITLES: Final = ("Property", "Value", "Default", "Versions", "Meaning", "Notes")
LINUX: Final = ("Property", "Value", "Default", "Meaning", "Notes")
LEGEND: Final = {
    "secret": "kept encrypted, shown nowhere",
    "replaces": "a change makes the row or object anew",
    "removal unsets": "without its argument the property is unset on the router",
    "removal replaces": "without its argument the row or object is made anew: nothing else takes the property away",
    "refers": "names another row or object; give that one's output, so that both are made anew together",
    "cuts": "a change can cut the way in to the device",
    "free": "where it is not declared, the host or its programs may change it, and that is no drift",
    "unverified": "no recorded router shows it: MikroTik's manual says so, or it is inferred from other facts",
}
"""What the notes of a property mean."""


def properties(menu: Menu, *, without: str = "") -> list[str]:
    """Return the table of the properties of a menu or a kind of object."""
    words = [word for word in menu.words.values() if word.name != without]
    if not menu.path.startswith("/"):
        return table(LINUX, [_row_of_kind(menu, word) for word in words])
    return table(TITLES, [_row(menu, word) for word in words])


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table."""
    return [_line(titles), _line(["---"] * len(titles)), *map(_line, rows)]


def versions(since: str, until: str) -> str:
    """Say which versions know a word or a menu."""
    if since and until:
        return f"{since} and later, before {until}"
    return f"{since} and later" if since else f"before {until}" if until else "all"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _row(menu: Menu, word: Word) -> list[str]:
    value, span = described(word.kind), versions(word.since, word.until)
    return [_name(word), value, _default(word), span, word.doc, ", ".join(notes(menu, word))]


def _row_of_kind(menu: Menu, word: Word) -> list[str]:
    name = f"`{word.attribute}`" + ("<br>required" if word.required else "")
    return [name, described(word.kind), _default_of_kind(word), word.doc, ", ".join(notes(menu, word))]


def _default_of_kind(word: Word) -> str:
    """Return a default as a program would write it."""
    if not isinstance(word.default, str):
        return ""
    value = word.kind.python(word.default) if word.default else ""
    return _code(str(value))


def _name(word: Word) -> str:
    spelled = "" if word.name == word.attribute else f"<br>`{word.name}`"
    return f"`{word.attribute}`{spelled}" + ("<br>required" if word.required else "")


def _default(word: Word) -> str:
    if word.default is None:
        return ""
    if isinstance(word.default, str):
        return _code(word.default)
    return "<br>".join(f"{_code(text)} ({since} and later)" for since, text in word.default.items())


def _code(text: str | None) -> str:
    if text is None:
        return "none"
    return f"`{text}`" if text else "empty"


def notes(menu: Menu, word: Word) -> list[str]:
    """Return what else is to be known of a word: see `LEGEND`."""
    stays = menu.singleton or word.required or word.default is not None or word.name in {"name", "comment"}
    said = {
        "secret": word.secret,
        "replaces": word.replaces,
        f"removal unsets{_from(word)}": bool(word.unset),
        f"removal replaces{_before(word)}": not (word.unset is True or stays) and word.drifts,
        "refers": word.refers,
        "cuts": word.cuts,
        "free": not word.drifts,
        f"unverified ({word.evidence})": word.evidence != "recorded",
    }
    return [note for note, holds in said.items() if holds]


def _from(word: Word) -> str:
    return f" ({word.unset} and later)" if isinstance(word.unset, str) else ""


def _before(word: Word) -> str:
    return f" (before {word.unset})" if isinstance(word.unset, str) else ""
