"""Switches, numbers, and words of the router's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from isthmus.engine.kinds.kind import Kind, plain
from isthmus.engine.version import Version, parse


@dataclass(frozen=True, slots=True)
class YesNo(Kind):
    """A switch; routers print true/false or yes/no."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).lower()
        if text in {"yes", "true"}:
            return "yes"
        if text in {"no", "false"}:
            return "no"
        raise ValueError(f"expected yes or no, found {value!r}")

    @override
    def python(self, wire: str) -> Any:
        return wire == "yes"

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """A switch that a router prints as an empty value when it is on, and not at all when off (`fib`).

    It is switched off by leaving it out: the router takes no `no` for it.
    """

    @override
    def canonical(self, value: Any) -> str:
        if value is True or value in {"", "yes", "true"}:
            return "yes"
        raise ValueError(f"expected yes, found {value!r}: leave the word out to switch it off")

    @override
    def python(self, wire: str) -> Any:
        return True

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"const": True}


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A whole number, in decimal or 0x-hexadecimal; words such as `auto` may stand in its place.

    digits: for a number that the router prints in hexadecimal, with how many digits (a bridge's priority).
    """

    low: int | None = None
    high: int | None = None
    words: tuple[str, ...] = ()
    digits: int = 0

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        if text in self.words:
            return text
        try:
            number = int(text, 16) if text.lower().startswith("0x") else int(text)
        except ValueError:
            raise ValueError(f"expected {self._expected()}, found {value!r}") from None
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            raise ValueError(f"expected {self._expected()}, found {number}")
        return f"0x{number:0{self.digits}X}" if self.digits else str(number)

    def _expected(self) -> str:
        span = f" {self.low or 0}..{self.high}" if self.high is not None else ""
        return " or ".join([f"a whole number{span}", *self.words])

    @override
    def python(self, wire: str) -> Any:
        return wire if wire in self.words or self.digits else int(wire)

    @override
    def json_schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.low, "maximum": self.high}
        number = {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}
        return {"anyOf": [number, {"enum": list(self.words)}]} if self.words else number


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of the router's own words; `since` tells the version of those that came later."""

    values: tuple[str, ...]
    came: Mapping[str, str] = field(default_factory=dict, hash=False)
    numbers: bool = False

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if text in self.values or (self.numbers and text.isdigit()):
            return text
        raise ValueError(f"expected one of {', '.join(self.values)}, found {text!r}")

    @override
    def since(self, wire: str) -> Version | None:
        came = self.came.get(wire)
        return parse(came) if came else None

    @override
    def json_schema(self) -> dict[str, Any]:
        known = {"enum": list(self.values)}
        return {"anyOf": [known, {"type": "integer"}]} if self.numbers else known


@dataclass(frozen=True, slots=True)
class Loose(Kind):
    """A value of which nothing is known: only that routers show a switch as true or yes."""

    def canonical(self, value: Any) -> str:
        """Return the value as given, switches as yes and no."""
        text = plain(value)
        return {"true": "yes", "false": "no"}.get(text, text)
