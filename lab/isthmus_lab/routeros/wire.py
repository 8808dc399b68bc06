"""The API's framing: words with a length in front, sentences that end with an empty word.

Source: MikroTik's manual, "API", section "API words". Words are bytes that are text by custom: they are read as UTF-8,
and what is not UTF-8 survives the way there and back unchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Sentence = list[str]

MAX_SENTENCE: Final = 4 * 1024 * 1024
"""Bytes of one sentence that are kept before it ends; the router's own limit is not recorded."""

_END: Final = b"\x00"
_RESERVED: Final = 0xF8
_FORMS: Final = (
    (1, 0x80, 0x00),
    (2, 0x4000, 0x80_00),
    (3, 0x20_0000, 0xC0_0000),
    (4, 0x1000_0000, 0xE000_0000),
    (5, 0x1_0000_0000, 0xF0_0000_0000),
)
"""Per form of a length: its bytes, the first length it cannot hold, and the bits that mark it."""


class FramingError(Exception):
    """The bytes cannot be read on: a reserved control byte, or a sentence larger than any router would take."""


def encode_length(length: int) -> bytes:
    """Write a word's length in its shortest form; one of 4 GiB or more has none."""
    for size, limit, mark in _FORMS:
        if length < limit:
            return (length | mark).to_bytes(size, "big")
    raise FramingError(f"a word of {length} bytes has no length on the wire")


def encode_word(word: str) -> bytes:
    """Write one word with its length in front."""
    data = word.encode("utf-8", "surrogateescape")
    return encode_length(len(data)) + data


def encode_sentence(words: Iterable[str]) -> bytes:
    """Write a sentence, its end included."""
    return b"".join(map(encode_word, words)) + _END


class SentenceDecoder:
    """Reads sentences from bytes that arrive in any pieces."""

    def __init__(self, max_sentence: int = MAX_SENTENCE) -> None:
        self._max_sentence = max_sentence
        self._buffer = bytearray()
        self._words: Sentence = []
        self._kept = 0

    @property
    def within_sentence(self) -> bool:
        """Whether a sentence has begun that has not ended yet."""
        return bool(self._buffer or self._words)

    def feed(self, data: bytes) -> Iterator[Sentence]:
        """Take more bytes and yield each sentence they complete; empty ones are skipped, as a router does.

        Raises :class:`FramingError` after the sentences before the fault.
        """
        self._buffer += data
        position = 0
        try:
            while (word := self._word_at(position)) is not None:
                start, end = word
                position = end
                if sentence := self._take(bytes(self._buffer[start:end])):
                    yield sentence
        finally:
            del self._buffer[:position]

    def _take(self, data: bytes) -> Sentence | None:
        """Keep a word; the empty one gives the sentence it ends."""
        if data:
            self._words.append(data.decode("utf-8", "surrogateescape"))
            self._kept += len(data)
            return None
        sentence, self._words, self._kept = self._words, [], 0
        return sentence

    def _word_at(self, position: int) -> tuple[int, int] | None:
        """Find where the next word's content starts and ends; None while it is not all there."""
        if position >= len(self._buffer):
            return None
        size = _size_of_length(self._buffer[position])
        start = position + size
        if start > len(self._buffer):
            return None
        end = start + _decode_length(bytes(self._buffer[position:start]))
        if self._kept + end - start > self._max_sentence:
            raise FramingError(f"a sentence of more than {self._max_sentence} bytes")
        return (start, end) if end <= len(self._buffer) else None


def _size_of_length(first: int) -> int:
    """How many bytes the length takes, told by the first of them."""
    if first >= _RESERVED:
        raise FramingError(f"reserved control byte 0x{first:02X}")
    return next(size for size, _, mark in reversed(_FORMS) if first >= mark >> 8 * (size - 1))


def _decode_length(data: bytes) -> int:
    _, limit, _ = _FORMS[len(data) - 1]
    return int.from_bytes(data, "big") & (limit - 1)
