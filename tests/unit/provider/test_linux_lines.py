"""Answers of an agent are lines; an agent that works long shows that it lives."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from isthmus.errors import ConnectionCut, Unreachable
from isthmus.transports.linux import Call, Session
from isthmus.transports.linux.lines import Lines
from isthmus_agent import alive
from tests.support.waiting import wait_until

ABOUT = b'{"replies":[{"value":{"kernel":"6.1"}}]}\n'


class Scripted:
    """A channel whose host says what it is told to, then ends."""

    host_key = None
    jump_host_key = None

    def __init__(self, *pieces: bytes, end: str = "") -> None:
        self._pieces: Iterator[bytes] = iter(pieces)
        self._lines = Lines(lambda: next(self._pieces, b""))
        self._end = end
        self.closed = False

    def send(self, line: bytes) -> None:
        assert line.endswith(b"\n")

    def receive(self) -> bytes:
        return self._lines.next()

    def close(self) -> None:
        self.closed = True

    def ended(self) -> str:
        return self._end


def test_lines_are_put_together_from_pieces_and_signs_of_life_left_out() -> None:
    lines = Lines(iter([b"on", b"e\n\n\ntwo\n\n", b"\n", b"three", b"\n", b""]).__next__)
    assert [lines.next() for _ in range(4)] == [b"one", b"two", b"three", b""]


def test_a_long_call_shows_that_the_agent_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alive, "SECONDS", 0.001)
    answers = io.StringIO()
    with alive.alive(answers):
        wait_until(lambda: answers.getvalue().startswith("\n\n"))
    assert set(answers.getvalue()) == {"\n"}


def test_a_short_call_says_nothing_but_its_answer() -> None:
    answers = io.StringIO()
    with alive.alive(answers):
        pass
    assert answers.getvalue() == ""


def test_an_answer_that_is_cut_short_is_a_cut_that_names_the_object() -> None:
    channel = Scripted(ABOUT, b'{"replies":[{"val', end="the agent was killed")
    session = Session("gw", channel)
    objects = [{"kind": "link/gre", "props": {"name": name}} for name in ("gre1", "gre2", "gre3")]
    with pytest.raises(ConnectionCut) as caught:
        session.calls([Call("put", {"objects": objects})])
    said = "gw: the connection was cut at put link/gre gre1 and 2 more (the agent was killed); run again to finish"
    assert str(caught.value) == said
    assert channel.closed
    assert not session.usable


@pytest.mark.parametrize("garbage", [b"not JSON\n", b"[]\n", b'{"else":1}\n', b"\xff\xfe\n"])
def test_an_answer_that_is_none_is_a_cut(garbage: bytes) -> None:
    session = Session("gw", Scripted(ABOUT, garbage))
    with pytest.raises(ConnectionCut, match="cut at read link/gre"):
        session.calls([Call("read", {"kind": "link/gre"})])


def test_an_agent_that_does_not_start_is_said_with_its_last_words() -> None:
    with pytest.raises(Unreachable) as caught:
        Session("gw", Scripted(end="the agent needs Python 3.9, this is 3.7"))
    assert str(caught.value) == "gw: the agent does not start there: the agent needs Python 3.9, this is 3.7"
