"""RouterOS versions: compared by their numbers, and the spans of them in which a word is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

_NUMBERS = re.compile(r"\d+(?:\.\d+){1,2}")


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """A RouterOS version such as ``6.49.7`` or ``7.20``; a pre-release counts as its release."""

    numbers: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read ``7.16``, ``7.16.2`` or ``7.17beta3``; anything else is a :class:`ValueError`."""
        found = _NUMBERS.match(text)
        if found is None:
            raise ValueError(f"{text!r} is no RouterOS version: write it like 7.16 or 6.49.7")
        return cls(tuple(int(number) for number in found.group().split(".")))

    @classmethod
    def emulated(cls, text: str) -> Version:
        """Read the version of a router to emulate; before 6.44 menus had another shape, and that is a ValueError."""
        version = cls.parse(text)
        if version < OLDEST:
            raise ValueError(f"RouterOS {text} is not emulated: 6.44 is the oldest")
        return version

    def __lt__(self, other: Version) -> bool:
        return self.numbers < other.numbers

    def __str__(self) -> str:
        return ".".join(str(number) for number in self.numbers)


@dataclass(frozen=True, slots=True)
class Span:
    """The versions from ``since`` on, up to but without ``until``."""

    since: Version | None = None
    until: Version | None = None

    def __contains__(self, version: Version) -> bool:
        return (self.since is None or self.since <= version) and (self.until is None or version < self.until)


OLDEST = Version((6, 44))
"""The oldest version whose menus the tables describe: pre-shared keys are in identities since."""
