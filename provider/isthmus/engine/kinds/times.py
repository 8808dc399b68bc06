"""Lengths of time, times of day and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from typing_extensions import override

from isthmus.engine import durations
from isthmus.engine.kinds.kind import Kind, plain

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Duration(Kind):
    """A length of time (`1w2d`, `10s`, `00:30:00`, or seconds), as the router normalises it."""

    words: tuple[str, ...] = ()

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        return text if text in self.words else durations.canonical(text)


@dataclass(frozen=True, slots=True)
class TimeOfDay(Kind):
    """A time of day, spelled `hh:mm:ss`; words such as `startup` may stand in its place."""

    words: tuple[str, ...] = ()

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if text in self.words:
            return text
        seconds, rest = divmod(durations.milliseconds(text), 1000)
        if rest or seconds * 1000 >= _DAY:
            raise ValueError(f"expected a time of day such as 23:30:00, found {text!r}")
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@dataclass(frozen=True, slots=True)
class Date(Kind):
    """A date, spelled `2022-09-29`; routers before 7.10 print `sep/29/2022`."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).lower()
        month, slash, rest = text.partition("/")
        try:
            if not slash:
                return date.fromisoformat(text).isoformat()
            day, year = rest.split("/")
            return date(int(year), _MONTHS.index(month) + 1, int(day)).isoformat()
        except ValueError:
            raise ValueError(f"expected a date such as 2022-09-29, found {text!r}") from None


@dataclass(frozen=True, slots=True)
class Daytime(Kind):
    """Hours of certain days: `8h-17h,mon,tue`."""

    @override
    def canonical(self, value: Any) -> str:
        hours, *days = plain(value).lower().replace(" ", "").split(",")
        start, dash, end = hours.partition("-")
        if not dash or not set(days) <= set(_DAYS):
            raise ValueError(f"expected hours and days such as 8h-17h,mon,tue, found {value!r}")
        spelled = f"{durations.canonical(start)}-{durations.canonical(end)}"
        return ",".join([spelled, *sorted(set(days), key=_DAYS.index)])
