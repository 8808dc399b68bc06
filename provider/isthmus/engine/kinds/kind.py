"""The plainest kind of value, and what every kind can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from isthmus.engine.version import Version


@dataclass(frozen=True, slots=True)
class Kind:
    """Text without any structure of its own."""

    def canonical(self, value: Any) -> str:
        """Return the one spelling of `value`; ValueError says what was expected."""
        return plain(value)

    def python(self, wire: str) -> Any:
        """Return the value that a resource shows for a canonical spelling."""
        return wire

    def since(self, wire: str) -> Version | None:  # noqa: ARG002 - only kinds with values that came later look at it
        """Return the version that brought this value, or None if every version knows it."""
        return None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(lambda value: self.python(self.canonical(value)))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.json_schema()

    def json_schema(self) -> dict[str, Any]:
        """Return what JSON schema can say of the kind."""
        return {"type": "string"}


def plain(value: Any) -> str:
    """Spell a Python value as the router's console does."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(plain(part) for part in value)
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError(f"expected text, a number or yes/no, found {type(value).__name__}")


TEXT = Kind()
