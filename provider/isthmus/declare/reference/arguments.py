"""A constructor's arguments that are no words of a menu."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from inspect import get_annotations
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin

from isthmus.declare.fields import Output

MARKERS: Final = ("positional", "argument", "required")
"""What declares an argument in a class; see `isthmus.declare.fields`."""


class Argument(NamedTuple):
    """An argument, its type as written, its default (empty where it must be given), and what it does."""

    name: str
    type: str
    default: str
    doc: str


def arguments(cls: type[Any]) -> list[Argument]:
    """Return the arguments of a declared class from its source, for at run time their descriptions are gone."""
    words = cls.menu().words if not hasattr(cls, "_of") else {}
    found = {entry.name: entry for base in reversed(cls.__mro__) for entry in _declared(base)}
    return [entry for name, entry in found.items() if name not in words]


def outputs(cls: type[Any]) -> list[tuple[str, str]]:
    """Return the attributes that only the provider sets, and what each says."""
    found = {name: value for base in reversed(cls.__mro__) for name, value in vars(base).items()}
    plain = [(name, "") for name, kind in get_annotations(cls).items() if str(kind).startswith("pulumi.Output")]
    return [(name, value.doc) for name, value in found.items() if isinstance(value, Output)] + plain


def parameters(cls: type[Any]) -> list[Argument]:
    """Return the arguments of a class that has a constructor of its own; what they do stands in its docstring."""
    every = inspect.signature(cls).parameters.values()
    return [Argument(one.name, str(one.annotation), _default(one), "") for one in every]


def _default(parameter: inspect.Parameter) -> str:
    return "" if parameter.default is inspect.Parameter.empty else repr(parameter.default)


def _declared(cls: type[Any]) -> Iterator[Argument]:
    if not cls.__module__.startswith("isthmus."):
        return
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    for line in ast.walk(definition):
        match line:
            case ast.AnnAssign(
                target=ast.Name(id=name),
                value=ast.Call(func=ast.Name(id=marker), args=[ast.Constant(value=str(doc)), *_]),
            ) if marker in MARKERS:
                yield Argument(name, _type(cls, ast.unparse(line.annotation)), "None", doc)


def _type(cls: type[Any], annotation: str) -> str:
    """Return a type as written, or the values of an alias for a few of them."""
    alias = getattr(sys.modules[cls.__module__], annotation, None)
    return " or ".join(map(repr, get_args(alias))) if get_origin(alias) is Literal else annotation
