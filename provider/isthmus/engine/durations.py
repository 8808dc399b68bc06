"""Lengths of time as RouterOS spells them: `6d24h` is `1w`, `90` is `1m30s` (recorded)."""

from __future__ import annotations

import re

_UNITS = {"w": 604_800_000, "d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}
_PART = re.compile(r"(\d+)(ms|w|d|h|m|s)")
_CLOCK = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(\d+):(\d+):(\d+)(?:\.(\d{1,3}))?")


def canonical(text: str) -> str:
    """Return the router's spelling; ValueError where it is no length of time."""
    return spell(milliseconds(text))


def milliseconds(text: str) -> int:
    """Return a spelled length of time in milliseconds; a bare number counts seconds."""
    text = text.strip()
    if re.fullmatch(r"\d+(\.\d{1,3})?", text):
        return round(float(text) * 1000)
    clock = _CLOCK.fullmatch(text)
    if clock:
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in clock.groups()[:5])
        rest = int((clock.group(6) or "0").ljust(3, "0"))
        return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000 + rest
    if text and _PART.sub("", text) == "":
        return sum(int(count) * _UNITS[unit] for count, unit in _PART.findall(text))
    raise ValueError(f"expected a length of time such as 30s, 5m or 1d12h, found {text!r}")


def spell(total: int) -> str:
    """Spell milliseconds with the largest units first."""
    parts = []
    for unit, size in _UNITS.items():
        count, total = divmod(total, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"
