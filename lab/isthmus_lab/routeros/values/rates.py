"""Queue rates: bits per second with ``k``, ``M`` or ``G``, one for each direction."""

from __future__ import annotations

import re

from isthmus_lab.routeros.values import refusals

_RATE = re.compile(r"(\d+)([kMG]?)")
_UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}


def rate(given: str, argument: str) -> str:
    """Return a rate as a plain number."""
    found = _RATE.fullmatch(given)
    if found is None:
        raise refusals.invalid(argument)
    return str(int(found[1]) * _UNITS[found[2]])


def rate_pair(given: str, argument: str) -> str:
    """Return ``upload/download``; one rate holds for both."""
    up, slash, down = given.partition("/")
    return f"{rate(up, argument)}/{rate(down if slash else up, argument)}"
