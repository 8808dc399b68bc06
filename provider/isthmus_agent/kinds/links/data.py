"""How a property of a link travels: in which netlink attributes, and in which spelling."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Data = Mapping[str, Any]
"""Netlink attributes by name."""
INHERIT = "inherit"
NO_ADDRESS = str(ipaddress.IPv4Address(0))
CENTI = 100
"""The kernel counts a bridge's times in hundredths of seconds."""


@dataclass(frozen=True)
class Word:
    """One property of a kind of link.

    writes: the attributes for a value. reads: the value that attributes tell, '' for none. fixed: the kernel cannot
    change it on a link that is there. default: what is written where nothing is given, because netlink's own default
    is not that of `ip`. empty: the value that takes it away.
    """

    writes: Callable[[Any], Data]
    reads: Callable[[Data], Any]
    fixed: bool = False
    default: Any = None
    empty: Any = None


def told(value: Any) -> bool:
    """Tell whether a value says anything."""
    return value is not None and value != ""


def attributes(words: Mapping[str, Word], values: Data, *, new: bool) -> dict[str, Any]:
    """Return the attributes for some values, of a link to be made (`new`) or of one that is to change."""
    data: dict[str, Any] = {}
    for name, value in values.items():
        if name in words:
            _add(data, words[name], value, new=new)
    if new:
        for name, word in words.items():
            if not told(values.get(name)) and word.default is not None:
                _add(data, word, word.default, new=new)
    return data


def _add(data: dict[str, Any], word: Word, value: Any, *, new: bool) -> None:
    if not told(value):
        value = None if new else (word.empty if word.empty is not None else word.default)
    if told(value):
        for attribute, part in word.writes(value).items():
            data[attribute] = data[attribute] | part if attribute in data else part


def plain(attribute: str, *, fixed: bool = False, default: Any = None, empty: Any = None) -> Word:
    """Return a property that the kernel spells as we do."""
    return mapped(attribute, _same, _same, fixed=fixed, default=default, empty=empty)


def flag(attribute: str, *, fixed: bool = False, default: Any = None) -> Word:
    """Return a property that is on or off."""
    return mapped(attribute, int, bool, fixed=fixed, default=default)


def present(attribute: str) -> Word:
    """Return a property that is on where the attribute is there at all; it cannot be changed."""
    return Word(lambda value: {attribute: True} if value else {}, lambda data: attribute in data, fixed=True)


def seconds(attribute: str) -> Word:
    """Return a time in seconds, which the kernel has in hundredths."""
    return mapped(attribute, lambda value: round(value * CENTI), _seconds)


def _seconds(value: int) -> float:
    return value // CENTI if value % CENTI == 0 else value / CENTI


def choice(attribute: str, numbers: Mapping[str, int], *, fixed: bool = False, default: Any = None) -> Word:
    """Return one of some words, which the kernel numbers."""
    names = {number: name for name, number in numbers.items()}
    return mapped(
        attribute,
        lambda value: numbers[value],
        lambda value: names.get(value, str(value)),
        fixed=fixed,
        default=default,
    )


def address(attribute: str, *, fixed: bool = False, empty: str = "") -> Word:
    """Return an address; the kernel's all-zero one stands for none."""
    return mapped(attribute, _same, _address, fixed=fixed, empty=empty)


def either_address(attribute: str, attribute6: str, *, fixed: bool = False) -> Word:
    """Return an address of either family, each with an attribute of its own."""

    def writes(value: Any) -> Data:
        return {attribute6 if ":" in value else attribute: value}

    def reads(data: Data) -> Any:
        return _address(data.get(attribute) or data.get(attribute6) or NO_ADDRESS)

    return Word(writes, reads, fixed=fixed, empty=NO_ADDRESS)


def bit(attribute: str, mask: int, *, fixed: bool = False) -> Word:
    """Return a property that is one bit of an attribute."""
    return Word(
        lambda value: {attribute: mask if value else 0},
        lambda data: bool((data.get(attribute) or 0) & mask),
        fixed=fixed,
    )


def key(attribute: str, flags: str, mask: int) -> Word:
    """Return a number that counts only where a bit of another attribute is set."""
    return Word(
        lambda value: {attribute: value, flags: mask},
        lambda data: data.get(attribute) if (data.get(flags) or 0) & mask else "",
    )


def part(attribute: str, shift: int, mask: int, *, flags: str, inherit: int) -> Word:
    """Return a number that is some bits of an attribute, or `inherit`, which is a bit of another."""

    def writes(value: Any) -> Data:
        return {flags: inherit} if value == INHERIT else {attribute: value << shift}

    def reads(data: Data) -> Any:
        return INHERIT if (data.get(flags) or 0) & inherit else ((data.get(attribute) or 0) >> shift) & mask

    return Word(writes, reads)


def limit(attribute: str, flags: str, ignored: int, *, default: int) -> Word:
    """Return a number, or `none`, which is a bit of another attribute."""

    def writes(value: Any) -> Data:
        return {flags: ignored} if value == "none" else {attribute: value}

    def reads(data: Data) -> Any:
        return "none" if (data.get(flags) or 0) & ignored else data.get(attribute)

    return Word(writes, reads, default=default)


def prefix(attribute: str, length: str) -> Word:
    """Return a prefix whose length is an attribute of its own."""

    def writes(value: Any) -> Data:
        address_part, _, bits = value.partition("/")
        return {attribute: address_part, length: int(bits)}

    def reads(data: Data) -> Any:
        return f"{data[attribute]}/{data[length]}" if data.get(length) else ""

    return Word(writes, reads)


def mapped(
    attribute: str,
    to_kernel: Callable[[Any], Any],
    from_kernel: Callable[[Any], Any],
    *,
    fixed: bool = False,
    default: Any = None,
    empty: Any = None,
) -> Word:
    """Return a property that is one attribute."""

    def reads(data: Data) -> Any:
        return from_kernel(data[attribute]) if data.get(attribute) is not None else ""

    return Word(lambda value: {attribute: to_kernel(value)}, reads, fixed=fixed, default=default, empty=empty or None)


def _same(value: Any) -> Any:
    return value


def _address(value: str) -> str:
    parsed = ipaddress.ip_address(value)
    return "" if parsed.is_unspecified else str(parsed)
