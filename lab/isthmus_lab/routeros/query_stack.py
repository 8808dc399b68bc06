"""The stack of truth values on which query words work, and the operations of ``?#``.

Source: MikroTik's manual, "API", section "Queries". An operation that the manual does not list is a trap here; what
a router does with one is not recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from isthmus_lab.routeros.command import Trap

_WORD: Final = re.compile(r"[0-9]{1,18}|.", re.DOTALL)


class Stack:
    """Truth values on top of endlessly many ``true``; index 0 is the top."""

    def __init__(self) -> None:
        self._values: list[bool] = []

    def push(self, *, value: bool) -> None:
        """Put a value on top."""
        self._values.append(value)

    def pop(self) -> bool:
        """Take the top value away."""
        return self._values.pop() if self._values else True

    def at(self, index: int) -> bool:
        """Look at a value without taking it."""
        return self._values[-1 - index] if index < len(self._values) else True

    def replace_all(self, *, value: bool) -> None:
        """Let one value stand for all."""
        self._values = [value]

    def all_true(self) -> bool:
        """Tell whether no ``false`` is left: the row passes."""
        return all(self._values)


Operation = Callable[[Stack], None]


def operations(text: str) -> list[Operation]:
    """Read what follows ``?#``: the operations, from left to right."""
    words = _WORD.findall(text)
    if not words:
        return []
    inner = [_operation(word, before) for before, word in pairwise(["", *words[:-1]])]
    return [*inner, _last_operation(words[-1], words[-2] if len(words) > 1 else "")]


def _last_operation(word: str, before: str) -> Operation:
    if word.isdecimal():
        index = int(word)
        return lambda stack: stack.replace_all(value=stack.at(index))
    return _operation(word, before)


def _operation(word: str, before: str) -> Operation:
    if word.isdecimal():
        index = int(word)
        return lambda stack: stack.push(value=stack.at(index))
    if word == "." and before.isdecimal():
        return lambda _stack: None
    if word not in _BY_CHARACTER:
        raise Trap(f"unknown query operation {word}")
    return _BY_CHARACTER[word]


def _not(stack: Stack) -> None:
    stack.push(value=not stack.pop())


def _and(stack: Stack) -> None:
    first, second = stack.pop(), stack.pop()
    stack.push(value=first and second)


def _or(stack: Stack) -> None:
    first, second = stack.pop(), stack.pop()
    stack.push(value=first or second)


def _copy_top(stack: Stack) -> None:
    stack.push(value=stack.at(0))


_BY_CHARACTER: Final[dict[str, Operation]] = {"!": _not, "&": _and, "|": _or, ".": _copy_top}
