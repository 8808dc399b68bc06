"""The packet matchers' own notations: rates, days and times, ICMP types, port scans."""

from __future__ import annotations

import re

from isthmus_lab.routeros.values import refusals
from isthmus_lab.routeros.values.durations import microseconds, printed
from isthmus_lab.routeros.values.words import completed, several_of

_DAYS = several_of(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))
_RATE = r"(?P<rate>\d+[kMG]?)(?:/(?P<per>[\w:]+))?"
_LIMIT = re.compile(_RATE + r"(?:,(?P<burst>\d+[kMG]?))?(?::(?P<unit>packet|bit))?")
_PER_HOST = ("dst-address", "dst-address-and-port", "src-address", "src-and-dst-addresses", "addresses-and-dst-port")
_DST_LIMIT = re.compile(_RATE + r",(?P<burst>\d+)(?:,(?P<mode>[a-z-]+))?(?:/(?P<expire>[\w:]+))?")
_ICMP = re.compile(r"(?P<type>\d{1,3})(?::(?P<codes>\d{1,3}(?:-\d{1,3})?))?")
_SCAN = re.compile(r"(?P<weight>\d+),(?P<delay>[\w:]+),(?P<low>\d+),(?P<high>\d+)")
_DAYTIME = re.compile(r"(?P<start>[\w:]+)-(?P<end>[\w:]+)(?:,(?P<days>[a-z,]+))?")


def limit(given: str, argument: str) -> str:
    """Return ``rate[/time],burst:unit``; a burst of 5 and packets are understood, and so is one second."""
    found = _read(_LIMIT, given, argument)
    return f"{_rate(found, argument)},{found['burst'] or '5'}:{found['unit'] or 'packet'}"


def dst_limit(given: str, argument: str) -> str:
    """Return ``rate[/time],burst,mode/expire``; by destination address and 1m40s are understood."""
    found = _read(_DST_LIMIT, given, argument)
    mode = completed(found["mode"] or "dst-address", _PER_HOST, argument)
    return f"{_rate(found, argument)},{found['burst']},{mode}/{_time(found['expire'] or '1m40s', argument)}"


def icmp_options(given: str, argument: str) -> str:
    """Return ``type:codes``; without codes all of them are meant."""
    found = _read(_ICMP, given, argument)
    numbers = [int(found["type"]), *(int(code) for code in (found["codes"] or "0-255").split("-"))]
    if max(numbers) > 255:  # noqa: PLR2004 - an ICMP type and code are one byte each (RFC 792)
        raise refusals.out_of_range("0", "255")
    return f"{numbers[0]}:{'-'.join(str(code) for code in numbers[1:])}"


def port_scan(given: str, argument: str) -> str:
    """Return ``weight,delay,low-port-weight,high-port-weight``."""
    found = _read(_SCAN, given, argument)
    return f"{found['weight']},{_time(found['delay'], argument)},{found['low']},{found['high']}"


def daytime(given: str, argument: str) -> str:
    """Return ``start-end,days`` with the days from Sunday on."""
    found = _read(_DAYTIME, given, argument)
    hours = f"{_time(found['start'], argument)}-{_time(found['end'], argument)}"
    return f"{hours},{_DAYS(found['days'], argument)}" if found["days"] else hours


def _rate(found: re.Match[str], argument: str) -> str:
    per = _time(found["per"] or "1s", argument)
    return found["rate"] if per == "1s" else f"{found['rate']}/{per}"


def _time(given: str, argument: str) -> str:
    try:
        return printed(microseconds(given))
    except ValueError:
        raise refusals.invalid(argument) from None


def _read(form: re.Pattern[str], given: str, argument: str) -> re.Match[str]:
    found = form.fullmatch(given)
    if found is None:
        raise refusals.invalid(argument)
    return found
