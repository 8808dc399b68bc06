"""Booting hosts again that end themselves for that."""

from __future__ import annotations

import sys
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from isthmus_lab.errors import LabError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus_lab.linux.station import Station

_SECONDS: Final = 0.2


class Watch:
    """Looks after the hosts of a lab on a thread of its own, until closed."""

    def __init__(self, stations: Sequence[Station]) -> None:
        self._stations = stations
        self._closing = Event()
        self._thread = Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End; a boot that is under way is waited for."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(_SECONDS):
            for station in self._stations:
                try:
                    station.reboot_if_asked()
                except LabError as error:
                    print(f"it cannot boot again: {error}", file=sys.stderr, flush=True)
