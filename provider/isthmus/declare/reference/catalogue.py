"""Which resources there are: every class that a program can import and make one of."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any, NamedTuple

ROOTS = {"": "isthmus", "linux.": "isthmus.linux", "routeros.": "isthmus.routeros"}
"""The packages that a program imports from, by what stands before their names; their `__all__` leads to the rest."""
ARGS = re.compile(r"\w+Args")


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
        """Tell whether the class declares the words of a menu or of a kind of object."""
        return hasattr(self.cls, "words") and not self.objects

    @property
    def root(self) -> str:
        """What a program imports from `isthmus` to write it: `routeros`, `linux`, or the class."""
        return self.name.partition(".")[0]

    @property
    def on_device(self) -> bool:
        """Tell whether it is something on a device."""
        return f"{self.root}." in ROOTS

    @property
    def objects(self) -> str:
        """The kind of the objects of a set on a Linux host, or what their kinds begin with; else empty."""
        return str(getattr(self.cls, "_kind", ""))

    def members(self, every: Sequence[Entry]) -> list[Entry]:
        """Return the resources whose objects can be in the set."""
        within = (self.objects, f"{self.objects}/")
        typed = [entry for entry in every if entry.typed and self.objects]
        return [one for one in typed if one.cls.menu().path == within[0] or one.cls.menu().path.startswith(within[1])]

    @property
    def rows(self) -> type[Any] | None:
        """The class of one row, where the resource is a list or set of rows."""
        return getattr(self.cls, "_of", None)

    @property
    def listed(self) -> str:
        """The argument that takes the rows, empty where the resource is no list."""
        return str(self.cls._listed) if self.rows or self.objects else ""  # noqa: SLF001 - how a list names its rows

    @property
    def name_of_row(self) -> str:
        """The import name of the class of the arguments of one row."""
        if self.rows:
            return f"{self.name.rpartition('.')[0]}.{self.rows.__name__}Args"
        (found,) = ARGS.findall(self.cls._spelled[self.listed])  # noqa: SLF001 - the type as it is declared
        return f"{self.root}.{found}"


def resources() -> list[Entry]:
    """Return all resources, sorted by import name."""
    found = [entry for prefix, root in ROOTS.items() for entry in _public(importlib.import_module(root), prefix)]
    return sorted(found, key=lambda entry: entry.name)


def _public(module: ModuleType, prefix: str) -> Iterator[Entry]:
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.ismodule(value):
            yield from _public(value, f"{prefix}{name}.")
        elif inspect.isclass(value) and hasattr(value, "urn"):
            yield Entry(f"{prefix}{name}", value)
