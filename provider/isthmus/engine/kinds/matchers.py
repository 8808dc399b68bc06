"""The notations of firewall matchers: rates, limits, ICMP types and forms of text.

Spellings and what is understood where a part is left out: MikroTik manual, "Common Firewall Matchers and Actions".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from isthmus.engine import durations
from isthmus.engine.kinds.kind import Kind, plain

_UNITS = {"G": 10**9, "M": 10**6, "k": 10**3, "": 1}
_NUMBER = r"\d+[kMG]?"
_RATE = rf"(?P<rate>{_NUMBER})(?:/(?P<per>[\w:]+))?"
_LIMIT = re.compile(rf"{_RATE}(?:,(?P<burst>{_NUMBER}))?(?::(?P<unit>packet|bit))?")
_MODES = "dst-address|dst-address-and-port|src-address|src-and-dst-addresses|addresses-and-dst-port"
_DST_LIMIT = re.compile(rf"{_RATE},(?P<burst>{_NUMBER})(?:,(?P<mode>{_MODES}))?(?:/(?P<expire>[\w:]+))?")
_SCAN = re.compile(r"(?P<weight>\d+),(?P<delay>[\w:]+),(?P<low>\d+),(?P<high>\d+)")
_ICMP = re.compile(r"(?P<type>\d{1,3})(?::(?P<low>\d{1,3})(?:-(?P<high>\d{1,3}))?)?")
_BYTE = 255


@dataclass(frozen=True, slots=True)
class Form(Kind):
    """Text of a certain form, kept as it is."""

    pattern: str
    example: str

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if not re.fullmatch(self.pattern, text):
            raise ValueError(f"expected a value such as {self.example}, found {text!r}")
        return text


@dataclass(frozen=True, slots=True)
class Rates(Kind):
    """A span of rates in bits per second: `0-100k`."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if not re.fullmatch(rf"{_NUMBER}-{_NUMBER}", text):
            raise ValueError(f"expected rates such as 0-100k, found {text!r}")
        return "-".join(_scaled(rate) for rate in text.split("-"))


@dataclass(frozen=True, slots=True)
class Limit(Kind):
    """A rate with a burst, `10/1m,5:packet`; by default each second, a burst of 5, and packets."""

    @override
    def canonical(self, value: Any) -> str:
        found = _read(_LIMIT, value, "10/1m,5:packet")
        return f"{_rate(found)},{_scaled(found['burst'] or '5')}:{found['unit'] or 'packet'}"


@dataclass(frozen=True, slots=True)
class DstLimit(Kind):
    """A rate with a burst for each flow, `10,5,src-address/1m40s`; by default for each destination address."""

    @override
    def canonical(self, value: Any) -> str:
        found = _read(_DST_LIMIT, value, "10,5,src-address/1m40s")
        expire = durations.canonical(found["expire"] or "1m40s")
        return f"{_rate(found)},{_scaled(found['burst'])},{found['mode'] or 'dst-address'}/{expire}"


@dataclass(frozen=True, slots=True)
class PortScan(Kind):
    """Weight threshold, delay, weight of low and of high ports: `21,3s,3,1`."""

    @override
    def canonical(self, value: Any) -> str:
        found = _read(_SCAN, value, "21,3s,3,1")
        return f"{int(found['weight'])},{durations.canonical(found['delay'])},{int(found['low'])},{int(found['high'])}"


@dataclass(frozen=True, slots=True)
class Icmp(Kind):
    """An ICMP type with a code or a range of codes, `3:0-255`; by default all codes."""

    @override
    def canonical(self, value: Any) -> str:
        found = _read(_ICMP, value, "8:0-255")
        low, high = (found["low"], found["high"] or found["low"]) if found["low"] else ("0", str(_BYTE))
        if max(int(found["type"]), int(high)) > _BYTE or int(low) > int(high):
            raise ValueError(f"expected an ICMP type and codes up to {_BYTE}, found {value!r}")
        return f"{int(found['type'])}:{int(low)}" + ("" if int(low) == int(high) else f"-{int(high)}")


def _read(form: re.Pattern[str], value: Any, example: str) -> re.Match[str]:
    found = form.fullmatch(plain(value))
    if found is None:
        raise ValueError(f"expected a value such as {example}, found {value!r}")
    return found


def _rate(found: re.Match[str]) -> str:
    """Spell a rate; each second is not said."""
    per = durations.canonical(found["per"] or "1s")
    return _scaled(found["rate"]) + ("" if per == "1s" else f"/{per}")


def _scaled(text: str) -> str:
    """Spell a number with the largest unit that divides it: 1000 is 1k."""
    number = int(text.rstrip("kMG")) * _UNITS[text.lstrip("0123456789")]
    unit, size = next((unit, size) for unit, size in _UNITS.items() if number % size == 0)
    return f"{number // size}{unit}" if number else "0"
