"""Waiting for a condition that nothing announces."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE: Final = 0.02


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Return whether the condition came true within so many seconds; it is tried at least once."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True
