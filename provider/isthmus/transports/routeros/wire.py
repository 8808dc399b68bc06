"""One open connection to a router's API: commands out in bursts, replies back in order."""

from __future__ import annotations

import selectors
from typing import TYPE_CHECKING, Final

from librouteros.exceptions import ConnectionClosed, FatalError, LibRouterosError

from isthmus.errors import ConnectionCut
from isthmus.transports.routeros.sentence import Command, Reply, read_reply

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator, Sequence

BURST_SENTENCES: Final = 100
BURST_BYTES: Final = 64 * 1024
"""A burst is sent whole before its replies are read: it must fit into what the two ends buffer."""


class Wire:
    """A connected socket, before or after the login, used by one thread at a time."""

    def __init__(self, device: str, sock: socket.socket) -> None:
        self.closed = False
        self._device = device
        self._socket = sock
        self._reader = sock.makefile("rb")

    def exchange(self, commands: Sequence[Command]) -> list[Reply]:
        """Send commands, a burst in one write, and return their replies in order.

        Raises ConnectionCut, saying how far it got, after any error of socket or protocol. The connection is closed
        by every exception, so that no reply is ever taken for another command's.
        """
        sentences = [command.encode() for command in commands]
        replies: list[Reply] = []
        try:
            for burst in bursts(sentences):
                self._must_be_open()
                self._socket.sendall(b"".join(burst))
                for _ in burst:
                    replies.append(read_reply(self._read))  # noqa: PERF401 - the replies so far matter to the except
        except (OSError, ValueError, LibRouterosError) as error:
            self.close()
            raise self._cut(commands, len(replies), error) from None
        except BaseException:
            self.close()
            raise
        return replies

    def is_idle(self) -> bool:
        """Tell whether the other end is silent; where it is not, it has closed or holds words nobody asked for."""
        if self.closed:
            return False
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            return not selector.select(timeout=0)

    def close(self) -> None:
        """End the connection; a router logs the user out and undoes an open safe mode."""
        self.closed = True
        self._reader.close()
        self._socket.close()

    def _must_be_open(self) -> None:
        if self.closed:
            raise ConnectionClosed

    def _cut(self, commands: Sequence[Command], answered: int, error: Exception) -> ConnectionCut:
        path = commands[answered].path
        return ConnectionCut(self._device, path, answered=answered, total=len(commands), cause=_cause(error))

    def _read(self, length: int) -> bytes:
        data = self._reader.read(length)
        if len(data) != length:
            raise ConnectionClosed
        return data


def bursts(sentences: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Split sentences into runs of at most BURST_SENTENCES and, unless a single one is larger, BURST_BYTES."""
    burst: list[bytes] = []
    size = 0
    for sentence in sentences:
        if burst and (len(burst) == BURST_SENTENCES or size + len(sentence) > BURST_BYTES):
            yield burst
            burst, size = [], 0
        burst.append(sentence)
        size += len(sentence)
    if burst:
        yield burst


def _cause(error: Exception) -> str:
    """Say in a few words why a socket or the protocol gave up."""
    match error:
        case TimeoutError():
            return "no answer in time"
        case FatalError():
            return f"the router said: {error}"
        case ConnectionClosed():
            return "closed"
        case OSError():
            return error.strerror or "closed"
        case _:
            return str(error)
