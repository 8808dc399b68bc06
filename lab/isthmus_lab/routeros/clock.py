"""The router's clock: the machine's, and what a test adds to it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that only goes forward, and can be advanced."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._started = time.monotonic()

    def now(self) -> datetime:
        """Tell the time of the router, in UTC."""
        return datetime.now(UTC) + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self._ahead += timedelta(seconds=seconds)

    def uptime(self) -> timedelta:
        """Tell for how long the router has been running."""
        return timedelta(seconds=time.monotonic() - self._started) + self._ahead
