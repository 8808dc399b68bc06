"""``print``, ``getall``, ``get`` and ``find``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros import query, rendering
from isthmus_lab.routeros.command import Result, Trap
from isthmus_lab.routeros.commands.targets import target
from isthmus_lab.routeros.written import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from isthmus_lab.routeros.commands.call import Call
    from isthmus_lab.routeros.store import Row, Table

_LITERAL = frozenset({"name", "comment"})

Printed = dict[str, str]


def print_(call: Call) -> Result:
    """Give the rows that the queries let through, or only their number."""
    if unknown := next((word for word in call.attributes if word not in words("print")), None):
        raise Trap(f"unknown parameter {unknown}")
    rows = list(_passing(call))
    if _asked(call, "count-only"):
        return Result(ret=str(len(rows)))
    return Result([_chosen(row, _proplist(call)) for row in rows])


def find(call: Call) -> Result:
    """Give the ids of the rows that the queries let through."""
    return Result(ret=";".join(row[".id"] for row in _passing(call)))


def get(call: Call) -> Result:
    """Give one property of one row, or of the settings."""
    name = call.attributes.get("value-name", "")
    row = _the_one(call)
    if name not in row:
        raise Trap(f"unknown parameter {name}" if name else "missing value(s) of argument(s) value-name")
    return Result(ret=row[name])


def _the_one(call: Call) -> Printed:
    if call.menu.settings:
        return _printed(call, call.table, call.table.rows[0])
    number = next((call.attributes[word] for word in ("number", ".id", "numbers") if word in call.attributes), "")
    return _printed(call, *target(call, number))


def _passing(call: Call) -> Iterator[Printed]:
    passes = query.predicate(call.queries)
    return (row for row in (_printed(call, table, row) for table, row in _candidates(call)) if passes(row))


def _printed(call: Call, table: Table, row: Row) -> Printed:
    return rendering.seen(call.device, call.user, call.menu, table, row)


def _candidates(call: Call) -> Iterable[tuple[Table, Row]]:
    if _asked(call, "from"):
        return [target(call, text) for text in call.attributes["from"].split(",")]
    rows = ((table, row) for table in call.device.tables_of(call.menu) for row in table.rows)
    if call.menu.kind == "view":
        return sorted(rows, key=lambda pair: pair[1].number)
    return _narrowed(call)


def _narrowed(call: Call) -> Iterable[tuple[Table, Row]]:
    """Leave out early what a plain query for an id, a name or a comment rules out: such queries come by thousands."""
    rows = call.table.rows
    if not any(word.startswith("#") for word in call.queries):
        for word in call.queries:
            name, equals, wanted = word.removeprefix("=").partition("=")
            if equals and name == ".id":
                rows = _with_id(call, wanted)
            elif equals and name in _LITERAL and name in call.menu.arguments:
                rows = [row for row in rows if row.values.get(name, wanted) == wanted]
    return [(call.table, row) for row in rows]


def _with_id(call: Call, wanted: str) -> list[Row]:
    try:
        row = call.table.numbered(int(wanted.removeprefix("*"), 16))
    except ValueError:
        return []
    return [row] if row else []


def _asked(call: Call, word: str) -> bool:
    return call.attributes.get(word, "no") not in {"no", "false"}


def _proplist(call: Call) -> list[str] | None:
    given = call.attributes.get(".proplist", call.attributes.get("proplist"))
    return given.split(",") if given else None


def _chosen(row: Printed, names: list[str] | None) -> Printed:
    return row if names is None else {name: row[name] for name in names if name in row}
