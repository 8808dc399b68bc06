"""A router for transport tests: it answers each sentence as a script says, and can break off anywhere.

Its framing is its own, so that an error in the code under test cannot hide in it.
"""

from __future__ import annotations

import socket
import socketserver
import threading
from typing import TYPE_CHECKING, Any, BinaryIO, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    Answer = bytes | Callable[[list[str]], bytes]

PASSWORD = "correct horse"


class Cut(Exception):  # noqa: N818 - an instruction to the router, not an error
    """Send these bytes, then close the connection."""

    def __init__(self, last: bytes = b"") -> None:
        self.last = last


def word(text: str | bytes) -> bytes:
    """Frame a word as MikroTik's manual says."""
    data = text.encode() if isinstance(text, str) else text
    for octets, limit, mark in ((1, 0x80, 0), (2, 0x4000, 0x8000), (3, 0x200000, 0xC00000), (4, 1 << 28, 0xE0000000)):
        if len(data) < limit:
            return (len(data) | mark).to_bytes(octets, "big") + data
    raise AssertionError("a longer word than any test needs")


def sentence(*words: str | bytes) -> bytes:
    return b"".join(map(word, words)) + b"\0"


def done(**attributes: str) -> bytes:
    return sentence("!done", *(f"={name}={value}" for name, value in attributes.items()))


def row(attributes: Mapping[str, str]) -> bytes:
    return sentence("!re", *(f"={name}={value}" for name, value in attributes.items()))


def trap(message: str, category: int | None = None) -> bytes:
    prefix = [] if category is None else [f"=category={category}"]
    return sentence("!trap", *prefix, f"=message={message}") + done()


def log_in(words: list[str]) -> bytes:
    """Answer a login as RouterOS does from 6.43."""
    good = {"=name=pulumi", f"={'password'}={PASSWORD}"} <= set(words)
    return done() if good else trap("invalid user name or password (6)")


STOCK: dict[str, Answer] = {
    "/login": log_in,
    "/system/resource/print": row({"version": "7.16.1 (stable)", "board-name": "RB5009UG+S+"}) + done(),
    "/system/identity/print": row({"name": "seattle-gw"}) + done(),
    "/system/routerboard/print": row({"routerboard": "true", "serial-number": "HC1234567"}) + done(),
    "/system/license/print": row({"software-id": "ABCD-1234"}) + done(),
}


class ScriptedRouter(socketserver.ThreadingTCPServer):
    """Listens on a free loopback port while it is a context; ``answers`` by path go before those of a stock router."""

    allow_reuse_address = True

    def __init__(self, answers: Mapping[str, Answer] | None = None, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.answers: dict[str, Answer] = STOCK | dict(answers or {})
        self.tls = tls
        self.sentences: list[list[str]] = []
        self.connections: list[socket.socket] = []
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def drop(self) -> None:
        """Close every connection, as a router does that restarts."""
        for connection in self.connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def answer(self, words: list[str]) -> bytes:
        self.sentences.append(words)
        answer = self.answers.get(words[0], trap("no such command", 0))
        return answer if isinstance(answer, bytes) else answer(words)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: a test that breaks a connection sees it at its own end."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self._thread.join()
        self.drop()
        self.server_close()


class _Dialogue(socketserver.BaseRequestHandler):
    server: ScriptedRouter

    def handle(self) -> None:
        if self.server.tls:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.server.connections.append(self.request)
        with self.request.makefile("rb") as reader:
            self._converse(reader)

    def _converse(self, reader: BinaryIO) -> None:
        while words := _read_sentence(reader):
            try:
                self.request.sendall(self.server.answer(words))
            except Cut as cut:
                self.request.sendall(cut.last)
                return

    def finish(self) -> None:
        self.request.close()


def _read_sentence(reader: BinaryIO) -> list[str]:
    words = []
    while data := _read_word(reader):
        words.append(data)
    return words


def _read_word(reader: BinaryIO) -> str:
    first = int.from_bytes(reader.read(1), "big")
    more = sum(first >= limit for limit in (0x80, 0xC0, 0xE0))
    length = int.from_bytes(bytes([first & (0xFF >> more)]) + reader.read(more), "big")
    return reader.read(length).decode()
