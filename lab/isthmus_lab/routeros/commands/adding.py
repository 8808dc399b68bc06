"""``add``."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Result, Trap
from isthmus_lab.routeros.commands import writing
from isthmus_lab.routeros.commands.targets import target
from isthmus_lab.routeros.making import MADE
from isthmus_lab.routeros.store import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.commands.call import Call
    from isthmus_lab.routeros.schema import Menu

_OTHERS = frozenset({"copy-from", "place-before"})
_UNCOPIED = frozenset({"name"})


def add(call: Call) -> Result:
    """Make a new row, at the end or before another one, and give its id."""
    before = _before(call)
    changes = writing.changes(call, call.menu, "add", _OTHERS)
    copied = _copied(call)
    _check_required(call.menu, copied | changes)
    values = writing.applied(call.menu, copied, changes)
    if call.menu.auto_name and "name" not in values:
        values["name"] = _free_name(call, call.menu.auto_name)
    writing.check(call, call.table, values)
    row = Row(call.device.next_number(call.menu), values)
    if call.menu.path in MADE:
        row.facts |= MADE[call.menu.path](call.device, row, call.user)
    call.table.insert(row, before)
    call.device.changed(call.table, row)
    return Result(ret=row.id)


def _before(call: Call) -> Row | None:
    if "place-before" not in call.attributes:
        return None
    if not call.menu.ordered:
        raise Trap("unknown parameter place-before")
    return target(call, call.attributes["place-before"])[1]


def _copied(call: Call) -> dict[str, str]:
    if "copy-from" not in call.attributes:
        return {}
    _, row = target(call, call.attributes["copy-from"])
    return {name: value for name, value in row.values.items() if name not in _UNCOPIED}


def _check_required(menu: Menu, values: Mapping[str, str | None]) -> None:
    missing = [name for name in menu.required if values.get(name) is None]
    if missing:
        raise Trap(menu.missing or f"missing value(s) of argument(s) {' '.join(missing)}")


def _free_name(call: Call, beginning: str) -> str:
    names = (f"{beginning}{number}" for number in count(1))
    return next(name for name in names if call.device.find_named(call.menu.path, name) is None)
