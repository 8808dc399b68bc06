"""Which rows a command is about: ``.id`` or ``numbers``, ids or names, several with commas between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Trap

if TYPE_CHECKING:
    from isthmus_lab.routeros.commands.call import Call
    from isthmus_lab.routeros.store import Row, Table

WORDS = frozenset({".id", "numbers"})
_ID = re.compile(r"\*([0-9A-Fa-f]{1,8})")
_NO_SUCH_ITEM = 0


def targets(call: Call) -> list[tuple[Table, Row]]:
    """Find every row that the command names; one that does not exist refuses the whole command."""
    given = call.attributes.get(".id", call.attributes.get("numbers"))
    if given is None:
        raise Trap("missing value(s) of argument(s) numbers")
    return list(dict.fromkeys(target(call, text) for text in given.split(",") if text))


def target(call: Call, text: str) -> tuple[Table, Row]:
    """Find one row by its id or its name."""
    found = _by_id(call, text) if text.startswith("*") else _by_name(call, text)
    if found is None:
        raise Trap("no such item", _NO_SUCH_ITEM)
    return found


def _by_id(call: Call, text: str) -> tuple[Table, Row] | None:
    number = _ID.fullmatch(text)
    return call.device.find_numbered(call.menu.path, int(number[1], 16)) if number else None


def _by_name(call: Call, name: str) -> tuple[Table, Row] | None:
    for table in call.device.tables_of(call.menu):
        row = table.named(name)
        if row is not None:
            return table, row
    return None
