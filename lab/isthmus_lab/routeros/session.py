"""One client's connection: bytes in, sentences answered, bytes out when they are due."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from isthmus_lab.routeros.counters import Counters
from isthmus_lab.routeros.dialogue import Dialogue
from isthmus_lab.routeros.faults import Faults, Where
from isthmus_lab.routeros.login import Login, Method
from isthmus_lab.routeros.outbox import Outbox
from isthmus_lab.routeros.wire import FramingError, SentenceDecoder, encode_sentence

if TYPE_CHECKING:
    from isthmus_lab.routeros.router import Router
    from isthmus_lab.routeros.wire import Sentence

_QUIET: Final = 0.001
"""Seconds without a byte after which a client that sends sentences in a row has sent them all."""


@dataclass(slots=True)
class Line:
    """What all connections to one router have in common."""

    router: Router
    faults: Faults = field(default_factory=Faults)
    counters: Counters = field(default_factory=Counters)
    method: Method = Method.BOTH
    sessions: set[Session] = field(default_factory=set)


class Session(asyncio.Protocol):
    """One connection, from accepted to closed."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._loop = asyncio.get_running_loop()
        self._decoder = SentenceDecoder()
        login = Login(line.router, line.counters, line.method)
        self._dialogue = Dialogue(line.router, login, self._emit)
        self._burst = 0
        self._over = False
        self.gone: asyncio.Future[None] = self._loop.create_future()
        """Done when the connection is closed on both ends and nothing of it is left."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, unless connections are refused just now."""
        self._transport = cast("asyncio.Transport", transport)
        self._outbox = Outbox(self._loop, self._transport)
        self._line.counters.connections += 1
        self._line.sessions.add(self)
        if self._line.faults.refusing:
            self.drop()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - why it ended makes no difference
        """Forget the client and all it listens to."""
        self._over = True
        self._dialogue.close()
        self._outbox.discard()
        self._line.sessions.discard(self)
        self.gone.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Answer the sentences that these bytes complete, together."""
        if self._over:
            return
        if not self._outbox.owes_answers and not self._decoder.within_sentence:
            self._burst = 0
        if answers := self._answers(data):
            self._outbox.put(answers, after=self._delay(), answers=True)
        if self._over:
            self._transport.pause_reading()
            self._outbox.close_after_last()

    def drop(self) -> None:
        """Close the connection at once, without another byte."""
        self._over = True
        self._transport.abort()

    def _answers(self, data: bytes) -> bytes:
        answers: list[bytes] = []
        try:
            for words in self._decoder.feed(data):
                answers.append(self._answer(words))
                if self._over:
                    break
        except FramingError:
            self._over = True
        return b"".join(answers)

    def _answer(self, words: Sentence) -> bytes:
        """Answer one sentence, or as much of the answer as a fault lets through."""
        self._count(words)
        cut = self._line.faults.meets(words[0])
        self._over = cut is not None
        if cut is Where.BEFORE:
            return b""
        answer = b"".join(map(encode_sentence, self._dialogue.answer(words)))
        self._over |= self._dialogue.over
        return answer[: _let_through(cut, len(answer))]

    def _count(self, words: Sentence) -> None:
        self._line.counters.sentence(words[0])
        if not self._burst:
            self._line.counters.round_trips += 1
        self._burst += 1

    def _delay(self) -> float:
        """Seconds to hold an answer back: the line's delay, and never before sentences sent in a row have come."""
        return max(self._line.faults.delay, _QUIET if self._burst > 1 else 0.0)

    def _emit(self, words: Sentence) -> None:
        self._loop.call_soon_threadsafe(self._send_unasked, encode_sentence(words))

    def _send_unasked(self, data: bytes) -> None:
        if not self._over:
            self._outbox.put(data, after=self._line.faults.delay, answers=False)


def _let_through(cut: Where | None, size: int) -> int:
    """How many bytes of an answer of this size are sent."""
    if cut is Where.EXECUTED:
        return 0
    return size // 2 if cut is Where.WITHIN else size
