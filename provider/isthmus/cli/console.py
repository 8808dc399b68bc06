"""What is printed: aligned columns, and colour where a person is looking."""

from __future__ import annotations

import os
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLOURS: Final = {"red": "31", "yellow": "33", "dim": "2"}


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a line for each row, its cells under those of the other rows; a row's last cell runs on."""
    widths = [max(map(len, column)) for column in zip_longest(*(row[:-1] for row in rows), fillvalue="")]
    return ["  ".join([*map(str.ljust, row[:-1], widths), row[-1]]) for row in rows]


def coloured(text: str, colour: str) -> str:
    """Return text in a colour if standard output is a terminal and NO_COLOR is not set."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"
