"""All pages of the reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from isthmus.declare.reference.catalogue import Entry, resources
from isthmus.declare.reference.page import about, page
from isthmus.declare.reference.table import LEGEND, table

INDEX: Final = "index.md"
OPENING: Final = """# Reference

These pages are generated from the declarations in the code. A resource on a router is named after the router's menu,
one on a Linux host after what `ip` and the manual pages call it; its properties are the device's words with `_` for
`-`, and a page shows both where they differ. Every resource on a device takes `device`
([devices.yaml](../guide/devices.md)), and all take Pulumi's `opts`.

**Default** is what the device itself gives a row or object, and what a property goes back to when its argument is
removed from the program. **Versions** are those of RouterOS that know the word; an argument that a router does not know
is refused before anything is touched ([versions](../guide/versions.md)). **Notes** mean:
"""
ON_LINUX: Final = """
## On Linux hosts

See [Linux hosts](../guide/linux.md) for how they work together.
"""


def pages() -> dict[str, str]:
    """Return the text of every page by its file's name."""
    every = resources()
    return {INDEX: index(every), **{entry.page: page(entry, every) for entry in every}}


def index(every: Sequence[Entry]) -> str:
    """Return the page that lists all resources by menu, kind, or what they are for."""
    typed = sorted((entry for entry in every if entry.typed), key=lambda entry: (entry.cls.menu().path, entry.name))
    menus = [(f"`{entry.cls.menu().path}`", _link(entry), _summary(entry)) for entry in typed]
    sets = [(_link(entry), _summary(entry)) for entry in every if entry.objects]
    others = [(_link(entry), _summary(entry)) for entry in every if not (entry.typed or entry.objects)]
    return "\n".join(
        [
            OPENING,
            *table(("Note", "Meaning"), LEGEND.items()),
            "\n## By menu\n",
            *table(("Menu", "Resource", "What it is"), [row for row in menus if row[0].startswith("`/")]),
            ON_LINUX,
            *table(("Kind", "Resource", "What it is"), [row for row in menus if not row[0].startswith("`/")]),
            "\nMany of them as one resource, changed in one message to the host:\n",
            *table(("Resource", "What it is"), sets),
            "\n## For any menu, and for no device\n",
            *table(("Resource", "What it is"), others),
            "",
        ]
    )


def _link(entry: Entry) -> str:
    return f"[{entry.name}]({entry.page})"


def _summary(entry: Entry) -> str:
    """Return the first line about a resource, without its source."""
    return about(entry).split("\n")[0].partition(" (MikroTik")[0]
