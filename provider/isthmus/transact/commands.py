"""The API commands that carry out a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isthmus.engine.changes import Change
from isthmus.engine.mark import Mark, join
from isthmus.engine.menu import Menu
from isthmus.transports.routeros import Command


def printing(path: str, *queries: str) -> Command:
    """Print a menu, or what the queries select of it."""
    return Command(f"{path}/print", {}, queries)


def adding(menu: Menu, words: Mapping[str, str], mark: Mark, before: str | None = None) -> Command:
    """Add a row with its mark, before another row where the menu is ordered."""
    place = {"place-before": before} if before else {}
    return Command(f"{menu.path}/add", {**marked(menu, words, mark), **place})


def setting(menu: Menu, row: str, change: Change) -> list[Command]:
    """Set and unset words of a row (of no row for a menu of settings), all in one sentence.

    One by one a router would refuse what only makes sense together: a port goes with its protocol.
    """
    target = {} if menu.singleton else {".id": row}
    words = {**change.set, **{f"!{name}": "" for name in change.unset}}
    return [Command(f"{menu.path}/set", {**target, **words})] if words else []


def resetting(menu: Menu, row: str, names: Sequence[str]) -> Command:
    """Bring words of a row back to what the router gives by itself: recorded in menus from 7.9 on."""
    return Command(f"{menu.path}/reset", {"numbers": row, **dict.fromkeys(names, "")})


def moving(menu: Menu, row: str, before: str | None) -> Command:
    """Move a row before another, or to the end."""
    return Command(f"{menu.path}/move", {"numbers": row, **({"destination": before} if before else {})})


def removing(menu: Menu, row: str) -> Command:
    """Remove a row."""
    return Command(f"{menu.path}/remove", {".id": row})


def marked(menu: Menu, words: Mapping[str, str], mark: Mark) -> dict[str, str]:
    """Return words with the mark behind the comment, where the menu has comments."""
    return {**words, "comment": join(words.get("comment", ""), mark)} if menu.comment else dict(words)
