"""Values made of other values: lists, alternatives, negations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Trap
from isthmus_lab.routeros.values import addresses, plain, refusals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus_lab.routeros.values.kinds import Normalise

_LAST_PORT = 65535
_HOST_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")
_VIA = re.compile(r"(?P<address>[^%@]+)(?P<rest>[%@].+)?")


def words_or(words: Sequence[str], other: Normalise) -> Normalise:
    """One of a few fixed words, or a value of another kind."""

    def normalise(given: str, argument: str) -> str:
        return given if given in words else other(given, argument)

    return normalise


def list_of(item: Normalise) -> Normalise:
    """Comma-separated values in the order in which they are given; empty is an empty list."""

    def normalise(given: str, argument: str) -> str:
        return ",".join(item(part.strip(), argument) for part in given.split(",")) if given else ""

    return normalise


def negatable(item: Normalise) -> Normalise:
    """A value that may be led by ``!``, which means anything but it."""

    def normalise(given: str, argument: str) -> str:
        return "!" + item(given[1:], argument) if given.startswith("!") else item(given, argument)

    return normalise


def number_range(low: int, high: int) -> Normalise:
    """A number or ``first-last``; a range of one number is printed as that number."""
    number = plain.number(low, high)

    def normalise(given: str, argument: str) -> str:
        first, dash, last = given.partition("-")
        if not dash:
            return number(first, argument)
        low_end, high_end = number(first, argument), number(last, argument)
        if int(low_end) > int(high_end):
            raise refusals.invalid(argument)
        return low_end if low_end == high_end else f"{low_end}-{high_end}"

    return normalise


def ports() -> Normalise:
    """Ports and ranges of ports, separated by commas."""
    return list_of(number_range(0, _LAST_PORT))


def or_host_name(other: Normalise) -> Normalise:
    """A value of another kind, or the DNS name of a host."""

    def normalise(given: str, argument: str) -> str:
        try:
            return other(given, argument)
        except Trap:
            if _HOST_NAME.fullmatch(given):
                return given
            raise

    return normalise


def gateway(given: str, argument: str) -> str:
    """Return an address, one with ``%interface`` or ``@table`` behind it, or the name of an interface."""
    found = _VIA.fullmatch(given)
    if found is None:
        raise refusals.invalid(argument)
    try:
        return addresses.address()(found["address"], argument) + (found["rest"] or "")
    except Trap:
        if found["address"][0].isdigit():
            raise
        return given


def queue_target(given: str, argument: str) -> str:
    """Return a prefix with its length, or the name of an interface."""
    try:
        return addresses.prefix()(given, argument)
    except Trap:
        if not given or given[0].isdigit() or ":" in given:
            raise
        return given
