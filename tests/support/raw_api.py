"""A client of the RouterOS API that hides nothing: sentences and bytes, as they are on the wire."""

from __future__ import annotations

import socket
from collections import deque
from typing import TYPE_CHECKING, Self

from isthmus_lab.routeros.wire import SentenceDecoder, encode_sentence

if TYPE_CHECKING:
    import ssl

DEADLINE = 10.0
"""Seconds after which a reply that was expected counts as missing."""


class RawClient:
    """One connection, from the constructor to ``with``'s end."""

    def __init__(self, port: int, context: ssl.SSLContext | None = None, server_name: str = "localhost") -> None:
        plain = socket.create_connection(("127.0.0.1", port), DEADLINE)
        self.socket = context.wrap_socket(plain, server_hostname=server_name) if context else plain
        self._decoder = SentenceDecoder()
        self._read: deque[list[str]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def log_in(self, name: str = "admin", password: str = "") -> Self:
        """Log in, or fail the test."""
        assert self.ask("/login", f"=name={name}", f"=password={password}") == [["!done"]]
        return self

    def send(self, *words: str) -> None:
        """Send one sentence."""
        self.socket.sendall(encode_sentence(words))

    def send_at_once(self, *sentences: list[str]) -> None:
        """Send several sentences with one call."""
        self.socket.sendall(b"".join(map(encode_sentence, sentences)))

    def ask(self, *words: str) -> list[list[str]]:
        """Send one sentence and read its replies, up to their end."""
        self.send(*words)
        return self.replies()

    def replies(self, ends: int = 1) -> list[list[str]]:
        """Read sentences until so many of them were an end (``!done`` or ``!fatal``)."""
        read: list[list[str]] = []
        while ends:
            read.append(self.sentence())
            ends -= read[-1][0] in ("!done", "!fatal")
        return read

    def sentence(self) -> list[str]:
        """Read the next sentence; :class:`EOFError` where the connection ends first."""
        while not self._read:
            data = self._receive()
            if not data:
                raise EOFError
            self._read.extend(self._decoder.feed(data))
        return self._read.popleft()

    def rest(self) -> list[list[str]]:
        """Read all sentences up to the connection's end."""
        read = [*self._read]
        self._read.clear()
        while data := self._receive():
            read.extend(self._decoder.feed(data))
        return read

    @property
    def half_a_sentence(self) -> bool:
        """Whether what was read last broke off within a sentence."""
        return self._decoder.within_sentence

    def _receive(self) -> bytes:
        try:
            return self.socket.recv(65536)
        except ConnectionResetError:
            return b""
