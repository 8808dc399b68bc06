"""Pooled sessions: one for each device in this process, lent to one thread at a time."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from isthmus.devices import LockEntry, lock_entry
from isthmus.devices.base import DeviceBase
from isthmus.errors import IsthmusError


class Session(Protocol):
    """A live connection to a device."""

    @property
    def usable(self) -> bool:
        """Whether nothing has gone wrong with it yet."""

    def close(self) -> None:
        """End it."""


S = TypeVar("S", bound=Session)
D = TypeVar("D", bound=DeviceBase)


class _Place(Generic[S]):
    """Where a device's session is kept, or the error of its only failed dial."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.session: S | None = None
        self.failure: IsthmusError | None = None


class Pool(Generic[D, S]):
    """Sessions by device, dialled when first used and again when they were cut.

    A dial that failed is not tried again: its error is raised at once for whoever asks later, so that a dead device
    costs one timeout. ``connects`` counts the dials that succeeded.
    """

    def __init__(self, dial: Callable[[D, Mapping[str, str], LockEntry | None], S]) -> None:
        self.connects = 0
        self._dial = dial
        self._lock = threading.Lock()
        self._places: defaultdict[str, _Place[S]] = defaultdict(_Place)

    @contextmanager
    def session(self, device: D, config: Mapping[str, str]) -> Iterator[S]:
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

    def _place(self, device: D) -> _Place[S]:
        with self._lock:
            return self._places[json.dumps(device.snapshot(), sort_keys=True)]

    def _live(self, place: _Place[S], device: D, config: Mapping[str, str]) -> S:
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
