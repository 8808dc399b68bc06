"""Whether a host forwards, and whether its clock is right."""

from __future__ import annotations

import ctypes
import time
from pathlib import Path
from typing import Any

_TIME_ERROR = 5
_TIMEX_BYTES = 512
"""More than `struct timex` has on any machine."""


def forwarding() -> dict[str, bool | None]:
    """Return whether packets are forwarded (ip-sysctl); None where the kernel has not the protocol."""
    return {
        "ipv4": _switch("net/ipv4/conf/all/forwarding"),
        "ipv6": _switch("net/ipv6/conf/all/forwarding"),
    }


def clock() -> dict[str, Any]:
    """Return the time in seconds since 1970, and whether the kernel's clock is kept right (adjtimex(2))."""
    return {"now": time.time(), "synchronised": _synchronised()}


def _switch(name: str) -> bool | None:
    try:
        return Path("/proc/sys", name).read_text().strip() != "0"
    except OSError:
        return None


def _synchronised() -> bool | None:
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else bool(state != _TIME_ERROR)
