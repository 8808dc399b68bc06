"""``remove`` and ``move``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros import references
from isthmus_lab.routeros.command import Result, Trap
from isthmus_lab.routeros.commands.targets import WORDS, target, targets

if TYPE_CHECKING:
    from isthmus_lab.routeros.commands.call import Call
    from isthmus_lab.routeros.store import Row, Table

_MOVE = WORDS | {"destination"}


def remove(call: Call) -> Result:
    """Remove rows; what the router made itself stays."""
    pairs = targets(call)
    for table, row in pairs:
        _check_removable(table, row)
    for table, row in pairs:
        _remove(call, table, row)
    return Result()


def move(call: Call) -> Result:
    """Move rows before another one, or to the end."""
    if unknown := next((word for word in call.attributes if word not in _MOVE), None):
        raise Trap(f"unknown parameter {unknown}")
    moving = [row for _, row in targets(call)]
    before = target(call, call.attributes["destination"])[1] if call.attributes.get("destination") else None
    if any(row.dynamic for row in moving):
        raise Trap(f"failure: can not move dynamic {call.menu.noun}")
    if before not in moving:
        call.table.move(moving, before)
    for row in moving:
        call.device.changed(call.table, row)
    return Result()


def _check_removable(table: Table, row: Row) -> None:
    if row.dynamic and not table.menu.dynamic_removable:
        raise Trap(f"failure: can not remove dynamic {table.menu.noun}")
    if "default" in row.facts or "builtin" in row.facts:
        raise Trap(f"failure: can not remove default {table.menu.noun}")


def _remove(call: Call, table: Table, row: Row) -> None:
    table.remove(row)
    if name := row.value("name"):
        references.rename(call.device, table.menu, name, row.id)
    call.device.changed(table, row, removed=True)
