"""Durations as RouterOS reads and prints them: ``1w2d3h4m5s250ms``, ``00:10:00``, ``90``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus_lab.routeros.values import refusals

if TYPE_CHECKING:
    from isthmus_lab.routeros.values.kinds import Normalise

_UNITS = {
    "w": 604_800_000_000,
    "d": 86_400_000_000,
    "h": 3_600_000_000,
    "m": 60_000_000,
    "s": 1_000_000,
    "ms": 1000,
    "us": 1,
}
_PART = re.compile(r"(\d+)(ms|us|[wdhms])")
_WORDS = re.compile(r"(?:\d+(?:ms|us|[wdhms]))*")
_CLOCK = re.compile(r"((?:\d+[wd])*)(\d+):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6}))?)?")
_SECONDS = re.compile(r"(\d+)(?:\.(\d{1,6}))?")


def duration(low: str | None = None, high: str | None = None) -> Normalise:
    """A duration from ``low`` to ``high``, printed in the largest units that fit."""
    least = microseconds(low) if low else 0
    most = microseconds(high) if high else None

    def normalise(given: str, argument: str) -> str:
        try:
            value = microseconds(given)
        except ValueError:
            raise refusals.invalid(argument) from None
        if value < least or (most is not None and value > most):
            raise refusals.out_of_range(low or "0s", high or "")
        return printed(value)

    return normalise


def microseconds(text: str) -> int:
    """Read a duration in any of the router's spellings; :class:`ValueError` if it is none."""
    if seconds := _SECONDS.fullmatch(text):
        return int(seconds[1]) * _UNITS["s"] + _fraction(seconds[2])
    if clock := _CLOCK.fullmatch(text):
        days, hours, minutes, rest, fraction = clock.groups()
        return (
            _sum(days)
            + int(hours) * _UNITS["h"]
            + int(minutes) * _UNITS["m"]
            + int(rest or 0) * _UNITS["s"]
            + _fraction(fraction)
        )
    if text and _WORDS.fullmatch(text):
        return _sum(text)
    raise ValueError(f"{text!r} is no duration")


def printed(value: int) -> str:
    """Write a number of microseconds as the router prints it; nothing is ``0s``."""
    parts = []
    for unit, size in _UNITS.items():
        count, value = divmod(value, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def _sum(text: str) -> int:
    return sum(int(count) * _UNITS[unit] for count, unit in _PART.findall(text))


def _fraction(digits: str | None) -> int:
    return int((digits or "").ljust(6, "0"))
