"""The API's framing: what is written is read back, however the bytes arrive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus_lab.routeros.wire import FramingError, SentenceDecoder, encode_length, encode_sentence, encode_word

sentences = st.lists(st.lists(st.text(min_size=1), min_size=1))
any_bytes = st.binary(max_size=2000)


@pytest.mark.parametrize(
    ("length", "encoded"),
    [
        (0x00, "00"),
        (0x7F, "7f"),
        (0x80, "8080"),
        (0x3FFF, "bfff"),
        (0x4000, "c04000"),
        (0x1FFFFF, "dfffff"),
        (0x200000, "e0200000"),
        (0xFFFFFFF, "efffffff"),
        (0x10000000, "f010000000"),
        (0xFFFFFFFF, "f0ffffffff"),
    ],
)
def test_lengths_are_written_as_the_manual_says(length: int, encoded: str) -> None:
    assert encode_length(length).hex() == encoded


def test_a_word_too_long_for_the_wire_is_refused() -> None:
    with pytest.raises(FramingError, match="no length on the wire"):
        encode_length(1 << 32)


@given(sentences, st.data())
def test_sentences_survive_any_chunking(written: list[list[str]], data: st.DataObject) -> None:
    stream = b"".join(map(encode_sentence, written))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=20)))
    chunks = [stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    decoder = SentenceDecoder()
    assert [sentence for chunk in chunks for sentence in decoder.feed(chunk)] == written
    assert not decoder.within_sentence


@pytest.mark.parametrize("size", [0x7F, 0x80, 0x3FFF, 0x4000, 0x1FFFFF, 0x200000])
def test_words_of_every_length_form_are_read_byte_by_byte_and_at_once(size: int) -> None:
    stream = encode_sentence(["x" * size])
    at_once, in_parts = SentenceDecoder(), SentenceDecoder()
    assert list(at_once.feed(stream)) == [["x" * size]]
    parts = [*(stream[i : i + 1] for i in range(10)), stream[10:]]
    assert [sentence for part in parts for sentence in in_parts.feed(part)] == [["x" * size]]


def test_a_length_in_a_longer_form_than_needed_is_read() -> None:
    assert list(SentenceDecoder().feed(b"\xf0\x00\x00\x00\x02hi\x00")) == [["hi"]]


def test_empty_sentences_are_ignored() -> None:
    assert list(SentenceDecoder().feed(b"\x00\x00" + encode_sentence(["/quit"]) + b"\x00")) == [["/quit"]]


def test_a_sentence_is_open_until_its_empty_word() -> None:
    decoder = SentenceDecoder()
    assert list(decoder.feed(encode_word("/quit"))) == []
    assert decoder.within_sentence
    assert list(decoder.feed(b"\x00")) == [["/quit"]]
    assert not decoder.within_sentence


@given(st.binary(min_size=1))
def test_bytes_that_are_no_text_survive(data: bytes) -> None:
    [[word]] = SentenceDecoder().feed(encode_length(len(data)) + data + b"\x00")
    assert encode_word(word) == encode_length(len(data)) + data


@pytest.mark.parametrize("first", range(0xF8, 0x100))
def test_a_reserved_control_byte_ends_the_reading_after_the_sentences_before_it(first: int) -> None:
    reading = SentenceDecoder().feed(encode_sentence(["/quit"]) + bytes([first]))
    assert next(reading) == ["/quit"]
    with pytest.raises(FramingError, match=f"reserved control byte 0x{first:02X}"):
        next(reading)


def test_a_sentence_beyond_the_limit_is_refused_before_it_arrives() -> None:
    with pytest.raises(FramingError, match="more than 100 bytes"):
        list(SentenceDecoder(max_sentence=100).feed(encode_word("x" * 60) + encode_length(41)))


@given(any_bytes)
def test_no_bytes_break_the_decoder(data: bytes) -> None:
    try:
        for sentence in SentenceDecoder().feed(data):
            assert all(sentence)
    except FramingError:
        pass
