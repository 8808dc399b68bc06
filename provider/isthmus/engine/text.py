"""Rules as text: one rule a line, in RouterOS's own syntax and a fixed order of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from isthmus.engine.menu import Menu

_PLAIN = re.compile(r"[A-Za-z0-9_.,:/!*%@+-]+")
_TOKEN = re.compile(r'\s*([A-Za-z0-9_.-]+)=("(?:[^"\\]|\\.)*"|[^\s"]*)')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', **{char: f"\\{name}" for name, char in _ESCAPES.items()}})


def line(menu: Menu, words: Mapping[str, str]) -> str:
    """Return one rule as a line; words that the menu does not know come last but for the comment."""
    known = [name for name in menu.by_name if name in words and name != "comment"]
    others = [name for name in words if name not in menu.by_name]
    comment = ["comment"] if words.get("comment") else []
    return " ".join(f"{name}={quoted(words[name])}" for name in [*known, *others, *comment])


def quoted(text: str) -> str:
    """Return a value as the console takes it."""
    if _PLAIN.fullmatch(text):
        return text
    return f'"{text.translate(_QUOTED)}"'


def words(text: str) -> dict[str, str]:
    """Read one line; ValueError tells what cannot be read."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text.rstrip()):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError(f"cannot read {text[at:].strip().partition('=')[0]!r}: expected word=value")
        found[token.group(1)] = _value(token.group(2))
        at = token.end()
    return found


def _value(token: str) -> str:
    if not token.startswith('"'):
        return token
    return re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape.group(1), escape.group(1)), token[1:-1])


def block(menu: Menu, rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as text, below the menu's path as in an export.

    Pulumi shows a text that happens to be YAML as a tree; the path keeps a comment with a colon from making it one.
    """
    return "".join(f"{entry}\n" for entry in [menu.path, *[line(menu, row) for row in rows]])


def lines(text: str) -> list[str]:
    """Return the rules of a text; the menu's path and empty lines do not count."""
    return [entry for entry in text.split("\n") if entry.strip() and not entry.startswith("/")]
