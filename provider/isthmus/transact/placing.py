"""Where a row stands among those of its chain, and which move puts it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isthmus.engine import order
from isthmus.engine.identity import Row, owner
from isthmus.engine.mark import Mark, split
from isthmus.engine.menu import Menu
from isthmus.engine.order import Place, Slot


def query(menu: Menu, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the query that selects the chain that a row is ordered in."""
    return (f"{menu.group}={words[menu.group]}",) if menu.group else ()


def behind(rows: Sequence[Row]) -> dict[str, str]:
    """Return for each row's id that of the row behind it, empty for the last."""
    ids = [row[".id"] for row in rows]
    return dict(zip(ids, [*ids[1:], ""], strict=False))


def slots(menu: Menu, rows: Sequence[Row], group: str = "") -> list[Slot]:
    """Return the rows of a chain that can be ordered: not those that the router makes itself."""
    return [
        Slot(row[".id"], owner(row), split(row.get("comment", ""))[0])
        for row in rows
        if not _own_of_router(row) and (not group or row.get(menu.group) == group)
    ]


def _own_of_router(row: Row) -> bool:
    return any(row.get(flag) == "true" for flag in ("dynamic", "default", "builtin", "template"))


def before_new(menu: Menu, chain: Sequence[Row], mark: Mark, place: Place) -> str | None:
    """Return the id that a new row comes before, None for the end; NoAnchor if the place's anchor is gone."""
    layout = order.layout(slots(menu, chain), mark, ["new"], place)
    behind = layout[layout.index("new") + 1 :]
    return behind[0] if behind else None


def moves(menu: Menu, chain: Sequence[Row], row: Row, mark: Mark, place: Place) -> list[tuple[str, str | None]]:
    """Return the moves that put a row in its place, with the rows that stand beside it for its sake."""
    standing = [slot._replace(owner=mark) if slot.id == row[".id"] else slot for slot in slots(menu, chain)]
    block = order.retinue(standing, [row[".id"]])
    layout = order.layout(standing, mark, block, place)
    return order.moves([slot.id for slot in standing], layout, set(block).__contains__)


def displaced(menu: Menu, rows: Sequence[Row], row: Row, mark: Mark, place: Place) -> str:
    """Say where a row stands if that is not its place, in words for a preview."""
    group = row.get(menu.group, "") if menu.group else ""
    chain = [entry for entry in rows if not menu.group or entry.get(menu.group) == group]
    try:
        wrong = moves(menu, chain, row, mark, place)
    except order.NoAnchor as gone:
        return str(gone)
    if not wrong:
        return ""
    ids = [slot.id for slot in slots(menu, chain)]
    return f"out of place: number {ids.index(row['.id'])} of {len(ids)} in {group or menu.path}"
