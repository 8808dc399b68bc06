"""Ctrl-C, SIGTERM and a closed terminal: each stops the demo, once, and never amid the start or end of a program."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop:
    """The wish that the demo stops: a KeyboardInterrupt in the main thread."""

    def __init__(self) -> None:
        self._asked = False
        self._held = False

    def listen(self) -> None:
        """Takes the signals."""
        for number in _SIGNALS:
            signal.signal(number, self.ask)

    def ask(self, *_signal: object) -> None:
        """Stops the demo, or notes that it is to stop; what cleans up after that is not interrupted again."""
        first, self._asked = not self._asked, True
        if first and not self._held:
            raise KeyboardInterrupt

    @contextmanager
    def held(self) -> Iterator[None]:
        """Lets the body run to its end before the demo stops."""
        outer, asked, self._held = self._held, self._asked, True
        try:
            yield
        finally:
            self._held = outer
        if self._asked and not (asked or outer):
            raise KeyboardInterrupt


STOP = Stop()
