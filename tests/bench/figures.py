"""Figures: what was measured, and what is wanted of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured value; `wanted` is the most that it may be, None where it is only told."""

    name: str
    value: float
    unit: str
    wanted: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the value is as wanted."""
        return self.wanted is None or self.value <= self.wanted


def table(figures: Iterable[Figure]) -> str:
    """Return figures for people: a line each, in columns."""
    lines = [("name", "value", "unit", "wanted", "holds"), *map(_cells, figures)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_aligned(line, widths) for line in lines)


def document(figures: Iterable[Figure]) -> str:
    """Return figures for programs: a JSON list of rows with name, value, unit, wanted and holds."""
    return json.dumps([{**figure._asdict(), "holds": figure.holds} for figure in figures], indent=2) + "\n"


def _cells(figure: Figure) -> tuple[str, str, str, str, str]:
    wanted = "" if figure.wanted is None else f"<= {figure.wanted:g}"
    return figure.name, f"{figure.value:g}", figure.unit, wanted, "yes" if figure.holds else "NO"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, value, *others = cells
    padded = [name.ljust(widths[0]), value.rjust(widths[1]), *map(str.ljust, others, widths[2:])]
    return "  ".join(padded).rstrip()
