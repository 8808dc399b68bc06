"""Numbers and ranges of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from isthmus.engine.kinds.kind import Kind, plain


@dataclass(frozen=True, slots=True)
class Span(Kind):
    """A number or a range of numbers, `low-high`."""

    low: int
    high: int

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        first, dash, last = text.partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise ValueError(self._expected(text))
        bounds = int(first), int(last or first)
        if not self.low <= bounds[0] <= bounds[1] <= self.high:
            raise ValueError(self._expected(text))
        return str(bounds[0]) if bounds[0] == bounds[1] else f"{bounds[0]}-{bounds[1]}"

    def _expected(self, text: str) -> str:
        return f"expected a number or a range such as 1000-2000 within {self.low}..{self.high}, found {text!r}"


@dataclass(frozen=True, slots=True)
class Ports(Kind):
    """Ports and ranges of them, comma-separated, in the order given."""

    @override
    def canonical(self, value: Any) -> str:
        return ",".join(_PORT.canonical(part) for part in plain(value).split(","))


_PORT = Span(0, 0xFFFF)
