"""What a property takes, in words for a table, and a value that it takes.

Both come from what the kinds themselves say in their errors: `expected a length of time such as 30s, found ...`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from isthmus.engine import kinds
from isthmus.engine.kinds import Kind

_EXPECTED = re.compile(r"expected (?:an? )?(.*?)(?:, found .*)?", re.DOTALL)
_ARTICLE = re.compile(r"^(An? |The )")
_SOURCE = re.compile(r" \([^)]*\)$")
_RANGE = re.compile(r"(?<=\d)\.\.(?=\d)")
_STRANGE = ("\0", "?")
"""What no kind takes that has a form of its own; the first is no text at all."""
_OTHERWISE = ("192.0.2.1", "2001:db8::1", "1")


def described(kind: Kind) -> str:
    """Say in Markdown what values a kind takes."""
    match kind:
        case kinds.Choice():
            return ", ".join([*(_value(kind, value) for value in kind.values), *(["a number"] if kind.numbers else [])])
        case kinds.ListOf():
            return f"list{' in order' if kind.ordered else ''} of: {described(kind.of)}"
        case kinds.Negatable():
            return f"{described(kind.of)}; `!` in front negates"
        case kinds.YesNo():
            return "`True` or `False`"
        case kinds.Flag():
            return "`True`"
        case _:
            return _RANGE.sub(" to ", _expected(kind))


def sample(kind: Kind, text: str) -> Any:
    """Return a value that a kind takes: `text` where any text will do."""
    match kind:
        case kinds.Choice():
            return kind.values[0]
        case kinds.ListOf():
            return [sample(kind.of, text)]
        case kinds.Negatable():
            return sample(kind.of, text)
        case kinds.YesNo() | kinds.Flag():
            return True
        case kinds.Number():
            return kind.low or 1
        case _:
            return (
                text if type(kind) is Kind else next(value for value in (*_examples(kind), text) if takes(kind, value))
            )


def takes(kind: Kind, value: Any) -> bool:
    """Tell whether a kind takes a value."""
    try:
        kind.canonical(value)
    except ValueError:
        return False
    return True


def _value(kind: kinds.Choice, value: str) -> str:
    came = kind.since(value)
    return f"`{value}` ({came} and later)" if came else f"`{value}`"


def _expected(kind: Kind) -> str:
    if type(kind) is Kind:
        return "text"
    refusals = [_refusal(kind, value) for value in _STRANGE]
    if all(refusals):
        return f"list of: {refusals[-1]}" if kind.json_schema().get("type") == "array" else refusals[-1]
    said = _ARTICLE.sub("", _SOURCE.sub("", (inspect.getdoc(kind) or "").split("\n")[0].rstrip(".")))
    return said[:1].lower() + said[1:] if said[1:2].islower() else said


def _refusal(kind: Kind, value: str) -> str:
    """Return what a kind says that it expected instead of a value; nothing where it takes it, or does not say."""
    try:
        kind.canonical(value)
    except ValueError as error:
        found = _EXPECTED.fullmatch(str(error))
        return found.group(1) if found else ""
    return ""


def _examples(kind: Kind) -> Iterator[str]:
    text = _expected(kind).partition("such as ")[2]
    yield from filter(None, (text, text.partition(" or ")[0], text.partition(", ")[0], *_OTHERWISE))
