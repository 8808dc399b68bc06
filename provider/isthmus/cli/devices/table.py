"""Tables of devices: a line for each, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from isthmus.cli.console import coloured, columns
from isthmus.errors import IsthmusError


def failed(device: str, error: IsthmusError) -> list[str]:
    """Return the row of a device that was not reached."""
    return [device, coloured(str(error).removeprefix(f"{device}: "), "red")]


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table, none without rows."""
    if not rows:
        return []
    head, *lines = columns([titles, *rows])
    return [coloured(head, "dim"), *lines]
