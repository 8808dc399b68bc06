"""Telling a person that a virtual machine boots, which takes its time."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def showing_boot(name: str) -> Iterator[Callable[[float], None]]:
    """Give what shows the seconds that have passed, in one line of a terminal that is cleared at the end."""
    terminal = sys.stderr.isatty()

    def show(seconds: float) -> None:
        if terminal:
            print(f"\rbooting a virtual machine for {name} ... {seconds:.0f} s", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
