"""What the demo tells: numbered steps, the commands that it runs, and what they say."""

import os
import sys
from collections.abc import Iterable
from itertools import count

INDENT = "   "
_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"
_numbers = count(1)


class DemoError(Exception):
    """The demo cannot go on: one line that says why."""


def in_colour() -> bool:
    """Whether somebody looks at a terminal and does not mind colours (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def step(sentence: str) -> None:
    """Says what happens next."""
    _tell("", _styled(_BOLD, f"{next(_numbers)}. {sentence}"))


def command(line: str) -> None:
    """Shows a command as it could be typed."""
    _tell(INDENT + _styled(_DIM, f"$ {line}"))


def lines(told: Iterable[str]) -> None:
    """Shows what a command said, or what was found."""
    for line in told:
        _tell(f"{INDENT}{line}".rstrip())


def _tell(*told: str) -> None:
    print(*told, sep="\n", flush=True)


def _styled(style: str, text: str) -> str:
    return f"{style}{text}{_PLAIN}" if in_colour() else text
