"""The whole of a router's configuration: every menu's rows, their numbers, and who wants to hear of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros import dynamic, schema_load
from isthmus_lab.routeros.clock import Clock
from isthmus_lab.routeros.store import Row, Table
from isthmus_lab.routeros.timeouts import Timeouts
from isthmus_lab.routeros.values import dates
from isthmus_lab.routeros.versions import Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from isthmus_lab.routeros.schema import Argument, FirstRow, Menu

    Listener = Callable[["Table", "Row", bool], None]


_ISO_DATES = Version((7, 10))


class Device:
    """The configuration of one router.

    Menus that share their numbers (all kinds of interfaces do) also share the names of their items.
    """

    def __init__(self, version: Version, name: str = "router") -> None:
        self.name = name
        self.version = version
        self.clock = Clock()
        self.timeouts = Timeouts(self)
        self.menus = schema_load.menus(version)
        self.tables = {path: Table(menu) for path, menu in self.menus.items()}
        self.numbers: dict[str, int] = {}
        self._listeners: list[Listener] = []
        self._pointing: dict[str, list[tuple[Table, Argument]]] = {}
        for table in self.tables.values():
            for row in self._first_rows(table.menu):
                table.insert(row)
        self.listen(self.timeouts.follow)
        dynamic.attach(self)

    def table(self, path: str) -> Table:
        """Return one menu's rows."""
        return self.tables[path]

    def family(self, numbers_of: str) -> Iterator[Table]:
        """Go through the menus that share their numbers."""
        return (table for table in self.tables.values() if table.menu.numbers_of == numbers_of)

    def tables_of(self, menu: Menu) -> list[Table]:
        """Return the rows of a menu, or of all that it is a view of."""
        return list(self.family(menu.path)) if menu.kind == "view" else [self.tables[menu.path]]

    def find_named(self, path: str, name: str) -> Row | None:
        """Find the item of that name in a menu, or in all that share its numbers."""
        family = self.family(self.menus[path].numbers_of) if path in self.menus else ()
        return next((row for table in family if (row := table.named(name))), None)

    def find_numbered(self, path: str, number: int) -> tuple[Table, Row] | None:
        """Find a row by its number in a menu, or in all that it is a view of."""
        tables = self.tables_of(self.menus[path])
        return next(((table, row) for table in tables if (row := table.numbered(number))), None)

    def pointing_to(self, numbers_of: str) -> list[tuple[Table, Argument]]:
        """List the arguments that name items of the menus which share their numbers."""
        if numbers_of not in self._pointing:
            paths = {path for path, menu in self.menus.items() if menu.numbers_of == numbers_of}
            self._pointing[numbers_of] = [
                (table, argument)
                for table in self.tables.values()
                for argument in table.menu.arguments.values()
                if paths.intersection(argument.of)
            ]
        return self._pointing[numbers_of]

    def next_number(self, menu: Menu) -> int:
        """Count up: a number is never given twice."""
        return self.count(menu.numbers_of, menu.first_number)

    def count(self, counter: str, first: int) -> int:
        """Count up in one of several counters."""
        number = self.numbers.get(counter, first)
        self.numbers[counter] = number + 1
        return number

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call back on every change with the table, the row and whether it was removed; return the way to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed(self, table: Table, row: Row, *, removed: bool = False) -> None:
        """Tell everyone who listens."""
        for listener in list(self._listeners):
            listener(table, row, removed)

    def stamp(self) -> str:
        """Write the time of now as this version does."""
        return dates.stamp(self.clock.now(), iso=self.version >= _ISO_DATES)

    def _first_rows(self, menu: Menu) -> list[Row]:
        return [Row(0)] if menu.settings else [self._first(menu, first) for first in menu.first_rows]

    def _first(self, menu: Menu, first: FirstRow) -> Row:
        number = self.next_number(menu) if first.number is None else first.number
        return Row(number, dict(first.values), dict(first.facts))
