"""Shows that the agent lives while a call takes long: an empty line from time to time between the answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

SECONDS = 1.0
"""Between two signs of life; whoever waits for an answer waits several times as long for any sign."""


@contextmanager
def alive(answers: TextIO) -> Iterator[None]:
    """Write empty lines until the block ends, none at all in a short one."""
    done = threading.Event()
    beating = threading.Thread(target=_beat, args=(answers, done), daemon=True)
    beating.start()
    try:
        yield
    finally:
        done.set()
        beating.join()


def _beat(answers: TextIO, done: threading.Event) -> None:
    while not done.wait(SECONDS):
        try:
            answers.write("\n")
            answers.flush()
        except (OSError, ValueError):
            return
