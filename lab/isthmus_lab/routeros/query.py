"""Query words of ``print``: which rows it returns.

Source: MikroTik's manual, "API", section "Queries". What the manual leaves open, and the emulator decides: numbers,
addresses and durations compare by size (:mod:`.magnitude`), everything else as text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from isthmus_lab.routeros.magnitude import less
from isthmus_lab.routeros.query_stack import Stack, operations

Row = Mapping[str, str]
Test = Callable[[Row], bool]
Step = Callable[[Stack, Row], None]

_BOOLEANS: Final = {"yes": "true", "no": "false"}


def matches(queries: Sequence[str], row: Row) -> bool:
    """Tell whether the row passes the query words, given in order and without their question mark."""
    return predicate(tuple(queries))(row)


@lru_cache(maxsize=256)
def predicate(queries: tuple[str, ...]) -> Test:
    """Read the query words once, for use on many rows; an unknown stack operation is a ``Trap``."""
    if any(word.startswith("#") for word in queries):
        return _on_a_stack([_step(word) for word in queries])
    tests = [_test(word) for word in queries]
    return lambda row: all(test(row) for test in tests)


def _on_a_stack(steps: Sequence[Step]) -> Test:
    def passes(row: Row) -> bool:
        stack = Stack()
        for step in steps:
            step(stack, row)
        return stack.all_true()

    return passes


def _step(word: str) -> Step:
    return _operate(word[1:]) if word.startswith("#") else _push(_test(word))


def _operate(text: str) -> Step:
    steps = operations(text)

    def operate(stack: Stack, _row: Row) -> None:
        for step in steps:
            step(stack)

    return operate


def _push(test: Test) -> Step:
    return lambda stack, row: stack.push(value=test(row))


def _test(word: str) -> Test:
    kind, rest = (word[0], word[1:]) if word.startswith(("-", "<", ">", "=")) else ("", word)
    name, equals, wanted = rest.partition("=")
    if kind == "-":
        return lambda row: rest not in row
    if kind == "<":
        return lambda row: name in row and less(row[name], wanted)
    if kind == ">":
        return lambda row: name in row and less(wanted, row[name])
    if kind == "=" or equals:
        return _equals(name, wanted)
    return lambda row: name in row


def _equals(name: str, wanted: str) -> Test:
    """Equal text, where ``yes`` and ``no`` also stand for ``true`` and ``false``."""
    accepted = (wanted, _BOOLEANS.get(wanted, wanted))
    return lambda row: row.get(name) in accepted
