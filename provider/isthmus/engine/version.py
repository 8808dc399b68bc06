"""RouterOS versions, compared as numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")


class Version(NamedTuple):
    """A RouterOS version; what a router appends (`rc1`, `(stable)`) does not count."""

    major: int
    minor: int = 0
    patch: int = 0

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}" + (f".{self.patch}" if self.patch else "")


@lru_cache(maxsize=256)
def parse(text: str) -> Version:
    """Read a version as a router prints it, such as `7.16.2 (stable)`; ValueError if there is none in it."""
    found = _NUMBERS.match(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no RouterOS version, such as 7.16 or 6.49.10")
    return Version(*[int(number) for number in found.group().split(".")[:3]])
