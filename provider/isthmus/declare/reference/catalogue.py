"""Which resources there are: every class that a program can import and make one of."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any, NamedTuple

ROOTS = {"": "isthmus", "routeros.": "isthmus.routeros"}
"""The packages that a program imports from, by what stands before their names; their `__all__` leads to the rest."""


class Entry(NamedTuple):
    """A resource by its import name below the package: `routeros.ip.ipsec.Peer`."""

    name: str
    cls: type[Any]

    @property
    def page(self) -> str:
        """The file that describes it, from the reference's folder."""
        return self.name.replace(".", "/") + ".md"

    @property
    def typed(self) -> bool:
        """Tell whether the class declares a menu's words."""
        return hasattr(self.cls, "words")

    @property
    def rows(self) -> type[Any] | None:
        """The class of one row, where the resource is a list or set of rows."""
        return getattr(self.cls, "_of", None)

    @property
    def listed(self) -> str:
        """The argument that takes the rows, empty where the resource is no list."""
        return str(self.cls._listed) if self.rows else ""  # noqa: SLF001 - how a list names its rows

    @property
    def name_of_row(self) -> str:
        """The import name of the class of one row."""
        return f"{self.name.rpartition('.')[0]}.{self.rows.__name__}" if self.rows else self.name


def resources() -> list[Entry]:
    """Return all resources, sorted by import name."""
    found = [entry for prefix, root in ROOTS.items() for entry in _public(importlib.import_module(root), prefix)]
    return sorted(found, key=lambda entry: entry.name)


def _public(module: ModuleType, prefix: str) -> Iterator[Entry]:
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.ismodule(value):
            yield from _public(value, f"{prefix}{name}.")
        elif inspect.isclass(value) and "opts" in inspect.signature(value).parameters:
            yield Entry(f"{prefix}{name}", value)
