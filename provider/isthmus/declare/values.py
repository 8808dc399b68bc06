"""The types that declarations use: Python types for the program, kinds for the router.

A user passes plain strings, numbers, booleans and lists; the annotation says how the router spells them.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from isthmus.engine import kinds
from isthmus.engine.kinds import Kind

Text = str
Flag = Annotated[Literal[True], kinds.Flag()]
Duration = Annotated[str, kinds.Duration()]
Mac = Annotated[str, kinds.Mac()]
Ports = Annotated[str | int, kinds.Ports()]
Address = Annotated[str, kinds.Address()]
Address4 = Annotated[str, kinds.Address(4)]
Address6 = Annotated[str, kinds.Address(6)]
Prefix4 = Annotated[str, kinds.Prefix(4)]
Prefix6 = Annotated[str, kinds.Prefix(6)]


def number(low: int | None = None, high: int | None = None, *words: str, digits: int = 0) -> Kind:
    """Return the kind of a whole number within bounds, or one of some words; `digits` of a hexadecimal one."""
    return kinds.Number(low, high, words, digits)


def negatable(annotation: Any) -> Kind:
    """Return the kind of a matcher whose value `!` in front turns into its opposite."""
    return kinds.Negatable(kind_of(annotation))


def versions(**came: str) -> Came:
    """Tell which values of a Literal came with a later version; a value's `-` is written `_`."""
    return Came({value.replace("_", "-"): version for value, version in came.items()})


class Ordered:
    """Tells that the order of a list's values matters."""


ORDERED = Ordered()


class Came:
    """The versions that brought some values of an enumeration."""

    def __init__(self, came: dict[str, str]) -> None:
        self.came = came


_PLAIN: dict[Any, Kind] = {bool: kinds.YesNo(), int: kinds.Number(), str: Kind()}


def kind_of(annotation: Any) -> Kind:
    """Return the kind that a type annotation declares."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(annotation)
    if origin is Literal:
        return kinds.Choice(tuple(str(value) for value in parts))
    if origin in (Sequence, list):
        return kinds.ListOf(kind_of(parts[0]))
    if origin in (Union, UnionType):
        return Kind()
    raise TypeError(f"{annotation} has no kind: annotate it with one of isthmus.engine.kinds")


def _annotated(annotation: Any) -> Kind:
    base, *facts = get_args(annotation)
    kind = next((fact for fact in facts if isinstance(fact, Kind)), None) or kind_of(base)
    if isinstance(kind, kinds.ListOf) and ORDERED in facts:
        kind = kinds.ListOf(kind.of, ordered=True)
    came = next((fact.came for fact in facts if isinstance(fact, Came)), None)
    return kind if came is None else _dated(kind, came)


def _dated(kind: Kind, came: dict[str, str]) -> Kind:
    if isinstance(kind, kinds.Choice):
        return kinds.Choice(kind.values, came, kind.numbers)
    if isinstance(kind, kinds.ListOf):
        return kinds.ListOf(_dated(kind.of, came), ordered=kind.ordered)
    if isinstance(kind, kinds.Negatable):
        return kinds.Negatable(_dated(kind.of, came))
    raise TypeError(f"only enumerations have values that came later, found {kind}")
