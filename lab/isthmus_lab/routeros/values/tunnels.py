"""Values of tunnels: keepalives and WireGuard's keys."""

from __future__ import annotations

import base64
import binascii

from isthmus_lab.routeros.values import refusals
from isthmus_lab.routeros.values.durations import duration
from isthmus_lab.routeros.values.plain import number

_INTERVAL = duration("1s")
_RETRIES = number(1)
_KEY_BYTES = 32


def keepalive(given: str, argument: str) -> str:
    """Return ``interval,retries``; ten retries are understood."""
    interval, _, retries = given.partition(",")
    return f"{_INTERVAL(interval, argument)},{_RETRIES(retries or '10', argument)}"


def wireguard_key(given: str, argument: str) -> str:
    """Return a key of 32 bytes in Base64; nothing stands for no key."""
    if given and not _is_key(given):
        raise refusals.invalid(argument)
    return given


def _is_key(given: str) -> bool:
    try:
        return len(base64.b64decode(given, validate=True)) == _KEY_BYTES
    except binascii.Error:
        return False
