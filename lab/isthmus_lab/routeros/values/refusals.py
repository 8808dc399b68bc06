"""The router's own words for a value that it does not take; all are of trap category 1."""

from __future__ import annotations

from isthmus_lab.routeros.command import Trap

_VALUE = 1


def invalid(argument: str) -> Trap:
    """The text cannot be read as a value of this argument at all."""
    return Trap(f"invalid value for argument {argument}", _VALUE)


def no_match(argument: str) -> Trap:
    """The text is none of the argument's words, or names nothing that exists."""
    return Trap(f"input does not match any value of {argument}", _VALUE)


def ambiguous(argument: str) -> Trap:
    """The text is the beginning of several of the argument's words."""
    return Trap(f"ambiguous value of {argument}, more than one possible value matches input", _VALUE)


def out_of_range(low: str, high: str) -> Trap:
    """The value can be read, but lies outside of what the argument takes."""
    return Trap(f"value out of range ({low}..{high})", _VALUE)


def no_mac(argument: str) -> Trap:
    """The text is no MAC address."""
    return Trap(f"invalid value of {argument}, mac address required", _VALUE)


def no_range() -> Trap:
    """The text is neither an address nor a range of them."""
    return Trap("value of range expects range of ip addresses", _VALUE)
