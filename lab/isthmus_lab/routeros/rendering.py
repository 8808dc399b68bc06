"""How a row looks in ``print``: what was set, what the router adds, and what this user may see of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from isthmus_lab.routeros import references
from isthmus_lab.routeros.facts import FACTS
from isthmus_lab.routeros.written import words

if TYPE_CHECKING:
    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.schema import Argument, Menu
    from isthmus_lab.routeros.store import Row, Table
    from isthmus_lab.routeros.users import User


_NONE = "*FFFFFFFF"


def printed(device: Device, user: User, table: Table, row: Row) -> dict[str, str]:
    """Return the properties of one row as this user sees them."""
    menu = table.menu
    shown = {} if menu.settings else {".id": row.id}
    shown |= _always(menu)
    shown |= row.facts
    shown |= row.values
    for name in _out_of_place(menu, row, shown):
        del shown[name]
    if menu.next_number:
        following = table.following(row)
        shown[".nextid"] = following.id if following else _NONE
    if "invalid" in menu.shown and (unknown := _dangling(menu, row)):
        shown |= {"invalid": "true", ".about": f"{unknown} is unknown"}
    if shown.get("disabled") == "true" and "running" in shown:
        shown["running"] = "false"
    if menu.path in FACTS:
        _adjust(shown, FACTS[menu.path](device, row, shown))
    for name in _concealed(menu, "sensitive" in user.policies):
        shown.pop(name, None)
    for name in menu.shown_if_true:
        if shown.get(name) != "true":
            shown.pop(name, None)
    return shown


def in_view(menu: Menu, row: dict[str, str]) -> dict[str, str]:
    """Keep what ``/interface`` shows of an interface of any kind, and say which kind it is."""
    kept = {name: value for name, value in row.items() if name in words("interface")}
    return kept | {"type": menu.interface_type} if menu.interface_type else kept


@cache
def _always(menu: Menu) -> dict[str, str]:
    defaults = {name: argument.default for name, argument in menu.arguments.items() if argument.default is not None}
    return {**defaults, **menu.shown}


def _out_of_place(menu: Menu, row: Row, shown: dict[str, str]) -> list[str]:
    """Name the defaults that make no sense beside the row's other values."""
    return [
        argument.name
        for argument in _conditional(menu)
        if argument.name not in row.values
        and any(shown.get(other) not in values for other, values in argument.when.items())
    ]


def _dangling(menu: Menu, row: Row) -> str | None:
    """Name the property that names what is gone."""
    named = (argument for argument in _referring(menu) if argument.name in row.values)
    return next((one.name for one in named if references.dangling(one, row.values[one.name])), None)


@cache
def _referring(menu: Menu) -> tuple[Argument, ...]:
    return tuple(argument for argument in menu.arguments.values() if argument.of)


@cache
def _conditional(menu: Menu) -> tuple[Argument, ...]:
    return tuple(argument for argument in menu.arguments.values() if argument.when and argument.default is not None)


@cache
def _concealed(menu: Menu, sensitive: bool) -> tuple[str, ...]:  # noqa: FBT001 - the one thing that decides
    return tuple(
        argument.name for argument in menu.arguments.values() if argument.hidden or (argument.secret and not sensitive)
    )


def _adjust(shown: dict[str, str], facts: dict[str, str | None]) -> None:
    for name, value in facts.items():
        if value is None:
            shown.pop(name, None)
        else:
            shown[name] = value
