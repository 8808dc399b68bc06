"""Kinds made of other kinds: lists and negations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from isthmus.engine.kinds.kind import TEXT, Kind, plain

if TYPE_CHECKING:
    from isthmus.engine.version import Version


@dataclass(frozen=True, slots=True)
class ListOf(Kind):
    """Several values, comma-separated; where their order means nothing they are sorted."""

    of: Kind = TEXT
    ordered: bool = False

    @override
    def canonical(self, value: Any) -> str:
        parts = value if isinstance(value, list | tuple | set | frozenset) else plain(value).split(",")
        spelled = [self.of.canonical(part.strip() if isinstance(part, str) else part) for part in parts if part != ""]
        return ",".join(spelled if self.ordered else sorted(set(spelled)))

    @override
    def python(self, wire: str) -> Any:
        return [self.of.python(part) for part in wire.split(",")] if wire else []

    @override
    def since(self, wire: str) -> Version | None:
        came = [self.of.since(part) for part in wire.split(",")]
        return max((version for version in came if version), default=None)

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.of.json_schema()}


@dataclass(frozen=True, slots=True)
class Negatable(Kind):
    """A matcher's value, which `!` in front turns into its opposite."""

    of: Kind = TEXT

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if text.startswith("!"):
            return "!" + self.of.canonical(text[1:].strip())
        return self.of.canonical(value)

    @override
    def python(self, wire: str) -> Any:
        return wire if wire.startswith("!") else self.of.python(wire)

    @override
    def since(self, wire: str) -> Version | None:
        return self.of.since(wire.removeprefix("!"))

    @override
    def json_schema(self) -> dict[str, Any]:
        return self.of.json_schema()
