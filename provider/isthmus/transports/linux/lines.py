"""Lines out of a stream of bytes."""

from __future__ import annotations

from collections.abc import Callable


class Lines:
    """Cuts what arrives into lines. An empty line is the agent's sign of life in a long call, and is left out.

    ``read`` returns some bytes, b'' at the end; it raises OSError (TimeoutError if nothing came in time).
    """

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read
        self._rest = b""

    def next(self) -> bytes:
        """Return the next line that says something, b'' at the end; a line that is cut short is none."""
        while True:
            while b"\n" not in self._rest:
                more = self._read()
                if not more:
                    return b""
                self._rest += more
            line, _, self._rest = self._rest.partition(b"\n")
            if line.strip():
                return line
