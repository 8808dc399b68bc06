"""The whole configuration as text, in the manner of ``/export``: the lab's own, for comparing routers.

It holds what an administrator can set and what differs from a fresh router of the same version, secrets included; no
ids, counters or times. Two routers give the same text exactly when they are configured alike, order included.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from isthmus_lab.routeros import references
from isthmus_lab.routeros.device import Device

if TYPE_CHECKING:
    from isthmus_lab.routeros.store import Row, Table
    from isthmus_lab.routeros.versions import Version

_PLAIN = re.compile(r"[A-Za-z0-9_.:/@+*!,%-]+")


def export(device: Device) -> str:
    """Write every menu that is not as on a fresh router, its rows in their order."""
    fresh = _fresh(device.version)
    menus = {path: _menu(table) for path, table in device.tables.items()}
    changed = [[_title(path), *lines] for path, lines in menus.items() if lines != fresh[path]]
    return "".join(f"{line}\n" for lines in changed for line in lines)


@cache
def _fresh(version: Version) -> dict[str, list[str]]:
    return {path: _menu(table) for path, table in Device(version).tables.items()}


def _title(path: str) -> str:
    return "/" + path[1:].replace("/", " ")


def _menu(table: Table) -> list[str]:
    return [_line(table, row) for row in table.rows if not row.dynamic]


def _line(table: Table, row: Row) -> str:
    words = ["set" if table.menu.settings else _found(row) or "add"]
    for name, argument in table.menu.arguments.items():
        value = row.values.get(name)
        if value is not None and value != argument.default:
            words.append(f"{name}={'(gone)' if references.dangling(argument, value) else _quoted(value)}")
    return " ".join(words)


def _found(row: Row) -> str:
    """Say which of the rows of a fresh router this is, if it is one."""
    for name in ("default-name", "name"):
        if name in row.facts:
            return f"set [ find {name}={_quoted(row.facts[name])} ]"
    return "set [ find default=yes ]" if "default" in row.facts or "builtin" in row.facts else ""


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r").replace("\n", "\\n")
    return f'"{escaped}"'
