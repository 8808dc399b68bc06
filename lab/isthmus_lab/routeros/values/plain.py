"""Values of one piece: texts, numbers, truths and MAC addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus_lab.routeros.values import refusals

if TYPE_CHECKING:
    from isthmus_lab.routeros.values.kinds import Normalise

_TRUTHS = {"yes": "true", "true": "true", "no": "false", "false": "false"}
_MAC = re.compile(r"[0-9A-Fa-f]{2}([:.-]?[0-9A-Fa-f]{2}){5}")


def text(longest: int | None = None) -> Normalise:
    """Any text, of at most ``longest`` bytes."""

    def normalise(given: str, argument: str) -> str:
        if longest is not None and len(given.encode()) > longest:
            raise refusals.invalid(argument)
        return given

    return normalise


def name(given: str, argument: str) -> str:
    """Return the name of an item: anything but nothing."""
    if not given:
        raise refusals.invalid(argument)
    return given


def number(low: int = 0, high: int = 2**32 - 1) -> Normalise:
    """A whole number from ``low`` to ``high``, decimal or hexadecimal, printed as a decimal one."""

    def normalise(given: str, argument: str) -> str:
        return str(_between(_whole(given, argument), low, high))

    return normalise


def hexadecimal(low: int = 0, high: int = 2**32 - 1, digits: int = 1) -> Normalise:
    """A whole number that the router prints as a hexadecimal one (a bridge's priority)."""

    def normalise(given: str, argument: str) -> str:
        return f"0x{_between(_whole(given, argument), low, high):0{digits}X}"

    return normalise


def boolean(given: str, argument: str) -> str:
    """Return ``true`` or ``false``; the router takes ``yes`` and ``no`` as well."""
    if given not in _TRUTHS:
        raise refusals.invalid(argument)
    return _TRUTHS[given]


def switch(given: str, argument: str) -> str:
    """Return the empty value with which the router prints a switch that is on."""
    if given not in {"", "yes", "true"}:
        raise refusals.invalid(argument)
    return ""


def mac(given: str, argument: str) -> str:
    """Return a MAC address in upper case with colons."""
    if not _MAC.fullmatch(given):
        raise refusals.no_mac(argument)
    digits = re.sub(r"[^0-9A-Fa-f]", "", given).upper()
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def matching(pattern: str) -> Normalise:
    """A text of the given form, kept as it is."""
    form = re.compile(pattern)

    def normalise(given: str, argument: str) -> str:
        if not form.fullmatch(given):
            raise refusals.invalid(argument)
        return given

    return normalise


def _whole(given: str, argument: str) -> int:
    try:
        return int(given, 16 if given.lower().startswith("0x") else 10)
    except ValueError:
        raise refusals.invalid(argument) from None


def _between(value: int, low: int, high: int) -> int:
    if not low <= value <= high:
        raise refusals.out_of_range(str(low), str(high))
    return value
