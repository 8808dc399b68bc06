"""Which of the words that were sent a router's refusal is about."""

from __future__ import annotations

import re
from collections.abc import Collection

from isthmus.engine.changes import Words
from isthmus.engine.menu import Menu, sounds_secret

_RANGE = re.compile(r"out of range \((-?\d+)\.\.(-?\d+)\)")
_NUMBER = re.compile(r"-?\d+")


def blamed(menu: Menu, words: Words, error: str, but: Collection[str] = ()) -> str:
    """Return, as ` with name=value`, the words that a refusal names, or that are outside of a range it names.

    A secret is told without its value, and so is a word that no declaration knows, unless it is a mere number: the
    program may hold it secret.
    """
    named = [name for name in error.split() if name in words] or _outside(words, error)
    told = [name if _secret(menu, name, words[name]) else f"{name}={words[name]}" for name in named if name not in but]
    return f" with {' '.join(told)}" if told else ""


def _outside(words: Words, error: str) -> list[str]:
    """Return the numbers that do not fit; a router names the range, and not the word."""
    found = _RANGE.search(error)
    if found is None:
        return []
    low, high = int(found[1]), int(found[2])
    numbers = {name: int(text) for name, text in words.items() if _NUMBER.fullmatch(text)}
    return [name for name, number in numbers.items() if not low <= number <= high]


def _secret(menu: Menu, name: str, text: str) -> bool:
    word = menu.by_name[name]
    unknown = word.evidence == "inferred" and not _NUMBER.fullmatch(text)
    return word.secret or unknown or sounds_secret(name)
