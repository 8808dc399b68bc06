"""Where a row stands among those of its chain, and which move puts it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isthmus.engine import order
from isthmus.engine.identity import Row
from isthmus.engine.mark import Mark
from isthmus.engine.menu import Menu
from isthmus.engine.order import Place, Slot
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
    now, layout, block = _orders(chain, row, mark, place)
    return order.moves(now, layout, block.__contains__)


def _orders(chain: Sequence[Row], row: Row, mark: Mark, place: Place) -> tuple[list[str], list[str], set[str]]:
    """Return the order of a chain as it is, as wanted, and the rows that may be moved."""
    standing = [_held(slot, row[".id"], mark) for slot in slots(chain)]
    block = order.retinue(standing, [row[".id"]])
    return [slot.id for slot in standing], order.layout(standing, mark, block, place), set(block)


def _held(slot: Slot, row: str, mark: Mark) -> Slot:
    """Return a row of the chain as it is to be counted: ours under our mark, a copy of it by hand as a foreign one."""
    if slot.id == row:
        return slot._replace(owner=mark)
    copied = slot.owner is not None and slot.owner.same_owner == mark.same_owner
    return slot._replace(owner=None) if copied else slot


def displaced(menu: Menu, rows: Sequence[Row], row: Row, mark: Mark, place: Place) -> str:
    """Say where a row stands if that is not its place, in words for a preview."""
    group = row.get(menu.group, "") if menu.group else ""
    chain = [entry for entry in rows if not menu.group or entry.get(menu.group) == group]
    try:
        now, layout, block = _orders(chain, row, mark, place)
    except order.NoAnchor as gone:
        return str(gone)
    if not order.moves(now, layout, block.__contains__):
        return ""
    here, there = now.index(row[".id"]) + 1, layout.index(row[".id"]) + 1
    where = f"at place {here} of {len(now)} in {group or menu.path}"
    return f"out of place: {where}, belongs at {there}" if here != there else f"out of place: {where}, beside others"


def shortened(head: str, told: Sequence[str], most: int = 5) -> str:
    """Return the first of what there is to tell, and how much more there is; empty where there is nothing."""
    rest = [f"{len(told) - most} more"] if len(told) > most else []
    return head + "; ".join([*told[:most], *rest]) if told else ""
