"""Sizes of values as print shows them, so that a query can tell less from more.

The manual says only that ``?<name=x`` is true where the value is less than x. Numbers, addresses and durations have
a size here; all other values compare as text.
"""

from __future__ import annotations

import re
from ipaddress import ip_interface
from typing import Final, NamedTuple

_DURATION: Final = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?", re.ASCII)
_MILLISECONDS: Final = (604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1)


class Magnitude(NamedTuple):
    """A size of some kind; sizes of different kinds cannot be compared."""

    kind: str
    size: tuple[int, ...]


def less(left: str, right: str) -> bool:
    """Tell whether left is less than right: by size where both have one of the same kind, else as text."""
    sizes = _magnitude(left), _magnitude(right)
    if sizes[0] and sizes[1] and sizes[0].kind == sizes[1].kind:
        return sizes[0].size < sizes[1].size
    return left < right


def _magnitude(value: str) -> Magnitude | None:
    return _number(value) or _duration(value) or _address(value)


def _number(value: str) -> Magnitude | None:
    return Magnitude("number", (int(value),)) if re.fullmatch(r"-?[0-9]{1,30}", value) else None


def _duration(value: str) -> Magnitude | None:
    """Read a duration such as ``1w2d3h4m5s6ms``, in milliseconds."""
    found = _DURATION.fullmatch(value)
    if found is None or not value:
        return None
    return Magnitude(
        "duration", (sum(int(n or 0) * unit for n, unit in zip(found.groups(), _MILLISECONDS, strict=True)),)
    )


def _address(value: str) -> Magnitude | None:
    try:
        interface = ip_interface(value)
    except ValueError:
        return None
    return Magnitude(f"IPv{interface.version}", (int(interface.ip), interface.network.prefixlen))
