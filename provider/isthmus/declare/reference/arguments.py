"""A constructor's arguments that are no words of a menu."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from inspect import get_annotations
from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin, is_typeddict

from typing_extensions import override

from isthmus.declare.fields import Output
from isthmus.declare.reference.catalogue import ARGS

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
    words = cls.menu().words if cls.__dict__.get("_facts") else {}
    found = {entry.name: entry for base in reversed(cls.__mro__) for entry in _declared(base)}
    return [entry for name, entry in found.items() if name not in words]


def outputs(cls: type[Any]) -> list[tuple[str, str]]:
    """Return the attributes that only the provider sets, and what each says."""
    bases = list(reversed(cls.__mro__))
    found = {name: value.doc for base in bases for name, value in vars(base).items() if isinstance(value, Output)}
    plain = {name: doc for base in bases for name, doc in _plain_outputs(base)}
    return list({**found, **plain}.items())


def _plain_outputs(cls: type[Any]) -> Iterator[tuple[str, str]]:
    """Return the outputs of a class that declares no words, with the texts below them."""
    names = [name for name, kind in get_annotations(cls).items() if str(kind).startswith("pulumi.Output")]
    texts = _texts(cls) if names else {}
    yield from ((name, texts.get(name, "")) for name in names)


def _texts(cls: type[Any]) -> dict[str, str]:
    """Return what stands in the source below each attribute."""
    lines = _source(cls).body
    return {
        line.target.id: inspect.cleandoc(text)
        for line, below in pairwise(lines)
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
        for text in _text(below)
    }


def _text(line: ast.stmt) -> Iterator[str]:
    match line:
        case ast.Expr(value=ast.Constant(value=str(text))):
            yield text


def parameters(cls: type[Any]) -> list[Argument]:
    """Return the arguments of a class that has a constructor of its own; what they do stands in its docstring."""
    every = inspect.signature(cls).parameters.values()
    return [Argument(one.name, _type(cls, str(one.annotation)), _default(one), "") for one in every]


def nested(cls: type[Any]) -> list[type[Any]]:
    """Return the dictionaries with fixed keys that words of a declared class take."""
    found: dict[str, Any] = {
        name: getattr(sys.modules[base.__module__], name, None)
        for base in cls.__mro__
        for spelled in vars(base).get("_spelled", {}).values()
        for name in ARGS.findall(str(spelled))
    }
    return [kind for kind in found.values() if is_typeddict(kind)]


def keys(kind: type[Any]) -> list[tuple[str, str]]:
    """Return the keys of a dictionary with fixed keys, and the type of each."""
    hints = {name: hint.__forward_arg__ for name, hint in get_annotations(kind).items()}
    return [(name, ast.unparse(_Bare().visit(ast.parse(hint, mode="eval").body))) for name, hint in hints.items()]


class _Bare(ast.NodeTransformer):
    """Takes from a type what says that it may be an output, or left out."""

    @override
    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        around = ast.unparse(node.value) in {"pulumi.Input", "NotRequired"}
        return self.visit(node.slice) if around else self.generic_visit(node)


def _default(parameter: inspect.Parameter) -> str:
    return "" if parameter.default is inspect.Parameter.empty else repr(parameter.default)


def _declared(cls: type[Any]) -> Iterator[Argument]:
    if not cls.__module__.startswith("isthmus."):
        return
    for line in ast.walk(_source(cls)):
        match line:
            case ast.AnnAssign(
                target=ast.Name(id=name),
                value=ast.Call(func=ast.Name(id=marker), args=[ast.Constant(value=str(doc)), *_]),
            ) if marker in MARKERS:
                yield Argument(name, _type(cls, ast.unparse(line.annotation)), "None", doc)


def _source(cls: type[Any]) -> ast.ClassDef:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - what a class's source is
    return definition


def _type(cls: type[Any], annotation: str) -> str:
    """Return a type as written, or the values of an alias for a few of them."""
    alias = getattr(sys.modules[cls.__module__], annotation, None)
    return " or ".join(map(repr, get_args(alias))) if get_origin(alias) is Literal else annotation
