"""What is declared of a row, what the state remembers of it, and what a refresh finds."""

from __future__ import annotations

from dataclasses import dataclass

from isthmus.engine.changes import Baseline, Words
from isthmus.engine.identity import Row
from isthmus.engine.mark import Mark, join, split
from isthmus.engine.menu import Menu
from isthmus.engine.order import Place

NEXT = ".next"
"""Stands among a placed row's former words for the id of the row behind it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row as it is declared: canonical words by the router's names, the comment without its mark."""

    menu: Menu
    words: Words
    mark: Mark
    place: Place | None = None
    adopt: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What the state remembers of a row besides its words.

    former: the words that an adopted row had before it was ours. noted: whether the device's journal still says so,
    until this is known to have reached the state.
    """

    row: str
    base: Baseline
    former: Words | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What a refresh found: the words, whether our mark is still there, what displaces the row, copies made by hand."""

    words: Words
    kept: Kept
    marked: bool = True
    displaced: str = ""
    copies: int = 0


def words_of(menu: Menu, row: Row) -> dict[str, str]:
    """Return a printed row's declared words, the comment without its mark."""
    words = menu.canonical(row)
    comment = split(words.pop("comment", ""))[0]
    return {**words, "comment": comment} if comment else words


def title(item: Item) -> str:
    """Return what a message calls the row: its key, else its comment."""
    key = " ".join(f"{name}={item.words[name]}" for name in item.menu.key or ("name",) if name in item.words)
    return key or join(item.words.get("comment", ""), item.mark)
