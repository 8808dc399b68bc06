"""Values that name items of other menus: they must exist, follow a new name, and dangle when the item goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus_lab.routeros.values import refusals

if TYPE_CHECKING:
    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.schema import Argument, Menu

_ID = re.compile(r"\*[0-9A-F]+")


def check(device: Device, argument: Argument, value: str) -> None:
    """Refuse a value that names an item which does not exist."""
    for name in _names(argument, value):
        if name and name not in argument.words and not _exists(device, argument, name):
            raise refusals.no_match(argument.name)


def rename(device: Device, menu: Menu, old: str, new: str) -> None:
    """Let every value that names an item follow the item's new name, or its id once it is gone."""
    for table, argument in device.pointing_to(menu.numbers_of):
        for row in table.rows:
            value = row.values.get(argument.name)
            if value is not None and old in _names(argument, value):
                table.change(row, row.values | {argument.name: _renamed(argument, value, old, new)})


def dangling(argument: Argument, value: str) -> bool:
    """Tell whether a value names an item that is gone."""
    return bool(argument.of) and any(_ID.fullmatch(name) for name in _names(argument, value))


def _exists(device: Device, argument: Argument, name: str) -> bool:
    return any(device.find_named(path, name) is not None for path in argument.of)


def _names(argument: Argument, value: str) -> list[str]:
    bare = value.removeprefix("!")
    return bare.split(",") if argument.listed else [bare]


def _renamed(argument: Argument, value: str, old: str, new: str) -> str:
    sign = "!" if value.startswith("!") else ""
    return sign + ",".join(new if name == old else name for name in _names(argument, value))
