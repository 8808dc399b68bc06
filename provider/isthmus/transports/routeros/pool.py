"""Pooled sessions: one for each device in this process, lent to one thread at a time."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from isthmus.devices import lock_entry
from isthmus.errors import IsthmusError
from isthmus.transports.routeros.dial import dial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from isthmus.devices import Device, LockEntry
    from isthmus.transports.routeros.connection import Session

    Dial = Callable[[Device, Mapping[str, str], LockEntry | None], Session]


class _Place:
    """Where a device's session is kept, or the error of its only failed dial."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.session: Session | None = None
        self.failure: IsthmusError | None = None


class Pool:
    """Sessions by device, dialled when first used and again when they were cut.

    A dial that failed is not tried again: its error is raised at once for whoever asks later, so that a dead device
    costs one timeout. ``connects`` counts the dials that succeeded.
    """

    def __init__(self, dial: Dial = dial) -> None:
        self.connects = 0
        self._dial = dial
        self._lock = threading.Lock()
        self._places: defaultdict[str, _Place] = defaultdict(_Place)

    @contextmanager
    def session(self, device: Device, config: Mapping[str, str]) -> Iterator[Session]:
        """Lend the session of a device; other threads wait, the same thread may nest.

        ``config`` is the stack's decrypted configuration, for credentials that refer to it. Raises as ``dial`` does.
        """
        place = self._place(device)
        with place.lock:
            yield self._live(place, device, config)

    def close(self) -> None:
        """End all sessions and forget all failures."""
        with self._lock:
            places, self._places = self._places, defaultdict(_Place)
        for place in places.values():
            with place.lock:
                if place.session:
                    place.session.close()

    def _place(self, device: Device) -> _Place:
        with self._lock:
            return self._places[json.dumps(device.snapshot(), sort_keys=True)]

    def _live(self, place: _Place, device: Device, config: Mapping[str, str]) -> Session:
        if place.failure:
            raise place.failure.with_traceback(None)
        if place.session and place.session.usable:
            return place.session
        if place.session:
            place.session.close()
        try:
            place.session = self._dial(device, config, lock_entry(device.name, device.folder))
        except IsthmusError as failure:
            place.failure = failure
            raise
        with self._lock:
            self.connects += 1
        return place.session


_POOL = Pool()


def pool() -> Pool:
    """Return this process's pool."""
    return _POOL
