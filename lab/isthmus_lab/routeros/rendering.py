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

_NO_NEXT = "*FFFFFFFF"

Shown = dict[str, str]


def seen(device: Device, user: User, menu: Menu, table: Table, row: Row) -> Shown:
    """Return the properties of one row as this user sees them in a menu that holds it or is a view of it."""
    shown = _printed(device, user, table, row)
    return _in_view(table.menu, shown) if menu.kind == "view" else shown


def _printed(device: Device, user: User, table: Table, row: Row) -> Shown:
    menu = table.menu
    shown = ({} if menu.settings else {".id": row.id}) | _always(menu) | row.facts | row.values
    for name in _out_of_place(menu, row, shown):
        del shown[name]
    _add_state(table, row, shown)
    if menu.path in FACTS:
        _adjust(shown, FACTS[menu.path](device, row, shown))
    hidden = _concealed(menu, "sensitive" in user.policies) | {n for n in menu.shown_if_true if shown.get(n) != "true"}
    return {name: value for name, value in shown.items() if name not in hidden}


def _add_state(table: Table, row: Row, shown: Shown) -> None:
    """Add what follows from the row's place and from what it names."""
    if table.menu.next_number:
        following = table.following(row)
        shown[".nextid"] = following.id if following else _NO_NEXT
    if "invalid" in table.menu.shown and (unknown := _dangling(table.menu, row)):
        shown |= {"invalid": "true", ".about": f"{unknown} is unknown"}
    if "running" in shown and shown.get("disabled") == "true":
        shown["running"] = "false"


def _in_view(menu: Menu, row: Shown) -> Shown:
    """Keep what ``/interface`` shows of an interface of any kind, and say which kind it is."""
    kept = {name: value for name, value in row.items() if name in words("interface")}
    return kept | {"type": menu.interface_type} if menu.interface_type else kept


@cache
def _always(menu: Menu) -> dict[str, str]:
    defaults = {name: argument.default for name, argument in menu.arguments.items() if argument.default is not None}
    return {**defaults, **menu.shown}


def _out_of_place(menu: Menu, row: Row, shown: Shown) -> list[str]:
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
def _concealed(menu: Menu, sensitive: bool) -> frozenset[str]:  # noqa: FBT001 - the one thing that decides
    return frozenset(
        argument.name for argument in menu.arguments.values() if argument.hidden or (argument.secret and not sensitive)
    )


def _adjust(shown: Shown, facts: dict[str, str | None]) -> None:
    for name, value in facts.items():
        if value is None:
            shown.pop(name, None)
        else:
            shown[name] = value
