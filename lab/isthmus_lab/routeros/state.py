"""A router's configuration as a JSON document, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus_lab.routeros.store import Row

if TYPE_CHECKING:
    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.schema import Menu
    from isthmus_lab.routeros.store import Table


def dump(device: Device) -> dict[str, Any]:
    """Return everything that makes the router what it is, the numbers that are never given again among it."""
    return {
        "version": str(device.version),
        "next": device.numbers,
        "menus": {path: [_dumped(row) for row in table.rows] for path, table in device.tables.items()},
    }


def load(device: Device, document: dict[str, Any]) -> None:
    """Give a fresh device what was dumped; what its version does not know is left out, as an upgrade does."""
    device.numbers |= document["next"]
    for path, rows in document["menus"].items():
        if path in device.tables:
            _replace(device, device.tables[path], rows)


def _replace(device: Device, table: Table, rows: list[dict[str, Any]]) -> None:
    for row in list(table.rows):
        table.remove(row)
    for dumped in rows:
        row = _loaded(table.menu, dumped)
        table.insert(row)
        device.changed(table, row)


def _dumped(row: Row) -> dict[str, Any]:
    return {"number": row.number, "values": row.values, "facts": row.facts}


def _loaded(menu: Menu, row: dict[str, Any]) -> Row:
    known = {name: value for name, value in row["values"].items() if name in menu.arguments}
    return Row(row["number"], known, dict(row["facts"]))
