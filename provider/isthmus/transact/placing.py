"""Where a row stands among those of its chain, and which move puts it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isthmus.engine import order
from isthmus.engine.identity import Row
from isthmus.engine.mark import Mark
from isthmus.engine.menu import Menu
from isthmus.engine.order import Place
from isthmus.engine.rows import slots


def query(menu: Menu, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the query that selects the chain that a row is ordered in."""
    return (f"{menu.group}={words[menu.group]}",) if menu.group else ()


def behind(rows: Sequence[Row]) -> dict[str, str]:
    """Return for each row's id that of the row behind it, empty for the last."""
    ids = [row[".id"] for row in rows]
    return dict(zip(ids, [*ids[1:], ""], strict=False))


def before_new(chain: Sequence[Row], mark: Mark, place: Place) -> str | None:
    """Return the id that a new row comes before, None for the end; NoAnchor if the place's anchor is gone."""
    layout = order.layout(slots(chain), mark, ["new"], place)
    behind = layout[layout.index("new") + 1 :]
    return behind[0] if behind else None


def moves(chain: Sequence[Row], row: Row, mark: Mark, place: Place) -> list[tuple[str, str | None]]:
    """Return the moves that put a row in its place, with the rows that stand beside it for its sake."""
    standing = [slot._replace(owner=mark) if slot.id == row[".id"] else slot for slot in slots(chain)]
    block = order.retinue(standing, [row[".id"]])
    layout = order.layout(standing, mark, block, place)
    return order.moves([slot.id for slot in standing], layout, set(block).__contains__)


def displaced(menu: Menu, rows: Sequence[Row], row: Row, mark: Mark, place: Place) -> str:
    """Say where a row stands if that is not its place, in words for a preview."""
    group = row.get(menu.group, "") if menu.group else ""
    chain = [entry for entry in rows if not menu.group or entry.get(menu.group) == group]
    try:
        wrong = moves(chain, row, mark, place)
    except order.NoAnchor as gone:
        return str(gone)
    if not wrong:
        return ""
    ids = [slot.id for slot in slots(chain)]
    return f"out of place: number {ids.index(row['.id'])} of {len(ids)} in {group or menu.path}"
