"""Commands that only a few menus have, by path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Result
from isthmus_lab.routeros.commands.targets import targets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus_lab.routeros.commands.call import Call
    from isthmus_lab.routeros.store import Row

_COUNTERS = ("bytes", "packets")


def flush(call: Call) -> Result:
    """Forget the security associations of a table, or kill connections."""
    for row in list(call.table.rows):
        call.table.remove(row)
        call.device.changed(call.table, row, removed=True)
    return Result()


def done(_call: Call) -> Result:
    """Do nothing, which is all that is left to do where no packets flow."""
    return Result()


def reset_counters(call: Call) -> Result:
    """Set the counters of some rows to nothing."""
    _reset(row for _, row in targets(call))
    return Result()


def reset_counters_all(call: Call) -> Result:
    """Set the counters of all rows to nothing."""
    _reset(call.table.rows)
    return Result()


def run(call: Call) -> Result:
    """Count that a script was run; what it says is not done."""
    for table, row in targets(call):
        row.facts["run-count"] = str(int(row.facts.get("run-count", "0")) + 1)
        row.facts["last-started"] = call.device.stamp()
        call.device.changed(table, row)
    return Result()


def _reset(rows: Iterable[Row]) -> None:
    for row in rows:
        for counter in _COUNTERS:
            row.facts.pop(counter, None)
