"""Dates and times of day: ``sep/29/2022`` before RouterOS 7.10, ``2022-09-29`` from it on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from isthmus_lab.routeros.values import refusals
from isthmus_lab.routeros.values.durations import microseconds

if TYPE_CHECKING:
    from isthmus_lab.routeros.values.kinds import Normalise

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = 86_400_000_000


def day(*, iso: bool) -> Normalise:
    """A date in either spelling, printed in the ISO one or with the month's name."""

    def normalise(given: str, argument: str) -> str:
        found = _date(given.lower(), argument)
        return found.isoformat() if iso else named(found)

    return normalise


def time_of_day(given: str, argument: str) -> str:
    """Return ``hh:mm:ss``."""
    try:
        seconds = microseconds(given) // 1_000_000
    except ValueError:
        raise refusals.invalid(argument) from None
    if seconds * 1_000_000 >= _DAY:
        raise refusals.out_of_range("00:00:00", "23:59:59")
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def named(found: date) -> str:
    """Write a date as RouterOS did before 7.10."""
    return f"{_MONTHS[found.month - 1]}/{found.day:02}/{found.year}"


def stamp(moment: datetime, *, iso: bool) -> str:
    """Write a moment as the version does, to the second."""
    date_text = moment.date().isoformat() if iso else named(moment.date())
    return f"{date_text} {moment:%H:%M:%S}"


def _date(given: str, argument: str) -> date:
    try:
        if "/" in given:
            month, day_of_month, year = given.split("/")
            return date(int(year), _MONTHS.index(month) + 1, int(day_of_month))
        return date.fromisoformat(given)
    except ValueError:
        raise refusals.invalid(argument) from None
