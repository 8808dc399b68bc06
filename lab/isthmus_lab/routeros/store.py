"""The rows of one menu: their order, their ids, and the indexes that keep looking up quick."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from isthmus_lab.routeros.schema import Menu, Unique

Key = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Row:
    """One item: what was set on it, and the facts that the router itself adds."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The ``.id``: an upper-case hexadecimal number behind a star."""
        return f"*{self.number:X}"

    @property
    def dynamic(self) -> bool:
        """Whether the router made the row."""
        return self.value("dynamic") == "true"

    def value(self, name: str) -> str | None:
        """Return what was set, else what the router says."""
        return self.values.get(name, self.facts.get(name))


class Table:
    """The rows of one menu, in order; ``revision`` is another one whenever a row came, went or changed."""

    def __init__(self, menu: Menu) -> None:
        self.menu = menu
        self.rows: list[Row] = []
        self.revision = 0
        self._by_number: dict[int, Row] = {}
        self._by_key: dict[Key, dict[Key, Row]] = {rule.properties: {} for rule in menu.unique}

    def insert(self, row: Row, before: Row | None = None) -> None:
        """Put a new row before another one, or at the end."""
        self.rows.insert(len(self.rows) if before is None else self.rows.index(before), row)
        self._by_number[row.number] = row
        self._index(row)

    def remove(self, row: Row) -> None:
        """Take a row away."""
        self.rows.remove(row)
        del self._by_number[row.number]
        self._forget(row)

    def change(self, row: Row, values: dict[str, str]) -> None:
        """Give a row other values."""
        self._forget(row)
        row.values = values
        self._index(row)

    def move(self, rows: Iterable[Row], before: Row | None) -> None:
        """Put rows, in their given order, before another one or at the end."""
        moving = list(rows)
        taken = {row.number for row in moving}
        rest = [row for row in self.rows if row.number not in taken]
        at = len(rest) if before is None else rest.index(before)
        self.rows = rest[:at] + moving + rest[at:]

    def following(self, row: Row) -> Row | None:
        """Find the row behind another one."""
        at = self.rows.index(row) + 1
        return self.rows[at] if at < len(self.rows) else None

    def numbered(self, number: int) -> Row | None:
        """Find a row by the number of its id."""
        return self._by_number.get(number)

    def named(self, name: str) -> Row | None:
        """Find a row by its name."""
        if ("name",) in self._by_key:
            return self._by_key["name",].get((name,))
        return next((row for row in self.rows if row.value("name") == name), None)

    def indexes(self, rule: Unique) -> bool:
        """Tell whether a rule of uniqueness, perhaps another menu's, is one of this menu's too."""
        return rule.properties in self._by_key

    def taken_by(self, rule: Unique, values: Mapping[str, str]) -> Row | None:
        """Find the row that already has what must be unique."""
        return self._by_key[rule.properties].get(self.key(rule.properties, values))

    def key(self, properties: Key, values: Mapping[str, str]) -> Key:
        """Gather the values that must be unique together, defaults included."""
        arguments = self.menu.arguments
        return tuple(values.get(name) or arguments[name].default or "" for name in properties)

    def _index(self, row: Row) -> None:
        self.revision += 1
        for properties, rows in self._by_key.items():
            rows.setdefault(self.key(properties, row.facts | row.values), row)

    def _forget(self, row: Row) -> None:
        self.revision += 1
        for properties, rows in self._by_key.items():
            key = self.key(properties, row.facts | row.values)
            if rows.get(key) is row:
                del rows[key]
