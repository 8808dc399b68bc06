"""``set``, ``unset``, ``enable``, ``disable`` and ``comment``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros import references
from isthmus_lab.routeros.command import Result, Trap
from isthmus_lab.routeros.commands import writing
from isthmus_lab.routeros.commands.targets import WORDS, targets
from isthmus_lab.routeros.versions import Version

if TYPE_CHECKING:
    from isthmus_lab.routeros.commands.call import Call
    from isthmus_lab.routeros.store import Row, Table

_RESETS = Version.parse("7.9")
_UNSET = WORDS | {"value-name"}


def set_(call: Call) -> Result:
    """Change rows, or the settings."""
    pairs = _rows(call)
    changed = [(table, row, writing.changes(call, table.menu, "set", WORDS)) for table, row in pairs]
    return _apply(call, changed)


def unset(call: Call) -> Result:
    """Unset one property of rows, named by ``value-name``."""
    _known(call, _UNSET)
    name = call.attributes.get("value-name")
    if name is None:
        raise Trap("missing value(s) of argument(s) value-name")
    return _apply(call, [(table, row, writing.unset(table.menu, name)) for table, row in _rows(call)])


def reset(call: Call) -> Result:
    """Bring the named properties of rows back to what the router gives by itself, from 7.9 on."""
    if call.device.version < _RESETS:
        raise Trap("no such command", 0)
    names = [word for word in call.attributes if word not in WORDS]
    _known(call, WORDS | set(call.menu.arguments))
    return _apply(call, [(table, row, dict.fromkeys(names)) for table, row in _rows(call)])


def enable(call: Call) -> Result:
    """Enable rows."""
    _known(call, WORDS)
    return _apply(call, [(table, row, {"disabled": "false"}) for table, row in _rows(call)])


def disable(call: Call) -> Result:
    """Disable rows."""
    _known(call, WORDS)
    return _apply(call, [(table, row, {"disabled": "true"}) for table, row in _rows(call)])


def comment(call: Call) -> Result:
    """Give rows a comment."""
    _known(call, WORDS | {"comment"})
    text = call.attributes.get("comment", "")
    return _apply(call, [(table, row, {"comment": text}) for table, row in _rows(call)])


def _rows(call: Call) -> list[tuple[Table, Row]]:
    return [(call.table, call.table.rows[0])] if call.menu.settings else targets(call)


def _known(call: Call, words: frozenset[str]) -> None:
    if unknown := next((word for word in call.attributes if word not in words), None):
        raise Trap(f"unknown parameter {unknown}")


def _apply(call: Call, changed: list[tuple[Table, Row, writing.Changes]]) -> Result:
    wanted = [(table, row, writing.applied(table.menu, row.values, changes)) for table, row, changes in changed]
    changing = [row for _, row, _ in wanted]
    for table, row, values in wanted:
        if row.dynamic:
            raise Trap(f"failure: can not change dynamic {table.menu.noun}")
        writing.check(call, table, values, changing)
    writing.check_apart([(table, values) for table, _, values in wanted])
    for table, row, values in wanted:
        _change(call, table, row, values)
    return Result()


def _change(call: Call, table: Table, row: Row, values: writing.Values) -> None:
    former = row.value("name")
    table.change(row, values)
    if former and values.get("name", former) != former:
        references.rename(call.device, table.menu, former, values["name"])
    call.device.changed(table, row)
