"""Replies on their way: held back until due, in order, and the connection's end after the last."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import asyncio


class _Parcel(NamedTuple):
    due: float
    data: bytes
    answers: bool


class Outbox:
    """Sends bytes in order, each when it is due on the loop's clock."""

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport) -> None:
        self._loop = loop
        self._transport = transport
        self._parcels: deque[_Parcel] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._closing = False

    @property
    def owes_answers(self) -> bool:
        """Whether a client still waits for something it asked."""
        return any(parcel.answers for parcel in self._parcels)

    def put(self, data: bytes, *, after: float, answers: bool) -> None:
        """Send the bytes so many seconds from now, but never before those put earlier."""
        earliest = self._parcels[-1].due if self._parcels else 0.0
        self._parcels.append(_Parcel(max(earliest, self._loop.time() + after), data, answers))
        self._arm()

    def close_after_last(self) -> None:
        """Close the connection when everything put so far has been sent."""
        self._closing = True
        if not self._parcels:
            self._transport.close()

    def discard(self) -> None:
        """Send nothing more."""
        self._parcels.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _arm(self) -> None:
        if self._timer is None:
            due = self._parcels[0].due
            self._timer = self._loop.call_at(due, self._send, due)

    def _send(self, due: float) -> None:
        """Send all that was due by then, and what has become due since."""
        now = max(due, self._loop.time())
        sent: list[bytes] = []
        while self._parcels and self._parcels[0].due <= now:
            sent.append(self._parcels.popleft().data)
        self._transport.write(b"".join(sent))
        self._timer = None
        if self._parcels:
            self._arm()
        elif self._closing:
            self._transport.close()
