"""What is declared of many rows, what the state remembers of them, and what a refresh finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from isthmus.engine import text
from isthmus.engine.changes import Words
from isthmus.engine.mark import Mark
from isthmus.engine.menu import Menu
from isthmus.engine.order import IN_BAND, Place


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as they are declared: canonical words by the router's names, without the group's word."""

    menu: Menu
    group: str
    rows: Sequence[Words]
    mark: Mark
    place: Place = IN_BAND
    placed: bool = True
    """Whether the program says where the rows stand; without that, rows of others are not moved to be taken over."""
    exclusive: bool = False
    adopt: bool = False


class Standing(NamedTuple):
    """A row of others: its words, its id, and the id of the row behind it, so that it can be put back."""

    words: Words
    row: str
    behind: str

    def text(self, menu: Menu) -> str:
        """Return the row as a line; ids come first, which no word of a router does."""
        return f".id={self.row} .next={self.behind} {text.line(menu, self.words)}"

    @classmethod
    def read(cls, entry: str) -> Standing:
        """Read such a line."""
        words = text.words(entry)
        row, behind = words.pop(".id", ""), words.pop(".next", "")
        return cls(words, row, behind)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the state remembers: the ids of our rows, and rows of others that were taken over or removed.

    foreign: the rows of the group that are nobody's, as last seen.
    mark: the one that the rows were written with, which is another where the stack or the resource was renamed since.
    words: what our rows said, in no order that `ids` tells; it comes from the state alone.
    noted: the change whose note stays in the device's journal until this is known to have reached the state.
    """

    ids: Sequence[str]
    former: Sequence[Standing] = ()
    mark: Mark | None = None
    foreign: Sequence[Words] = ()
    words: Sequence[Words] = ()
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a refresh found: our rows as they are, what is out of place, and which of them lost their mark."""

    rows: Sequence[Words]
    kept: Kept
    displaced: str = ""
    unmarked: str = ""


def line(wanted: Rows, words: Words) -> str:
    """Return a row as a line of text."""
    return text.line(wanted.menu, words)


def told(wanted: Rows, words: Words) -> str:
    """Return a row as an error tells it: without its comment, which may be a secret."""
    return line(wanted, {name: value for name, value in words.items() if name != "comment"}) or "a row"
