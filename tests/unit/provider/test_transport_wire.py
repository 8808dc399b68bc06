"""A batch goes out in few writes, its replies come back in order, and a cut says how far it got."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.errors import ConnectionCut
from isthmus.transports.routeros.sentence import Command
from isthmus.transports.routeros.wire import BURST_BYTES, BURST_SENTENCES, Wire, bursts
from tests.support.scripted_router import Cut, ScriptedRouter, done, row, sentence, trap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ADD = "/ip/firewall/nat/add"


@pytest.fixture
def router() -> Iterator[ScriptedRouter]:
    with ScriptedRouter() as router:
        yield router


@pytest.fixture
def wire(router: ScriptedRouter) -> Iterator[Wire]:
    wire = Wire("seattle", socket.create_connection(("127.0.0.1", router.port), timeout=5))
    yield wire
    wire.close()


def adds(count: int) -> list[Command]:
    return [Command(ADD, {"comment": str(number)}) for number in range(count)]


def after(count: int, last: bytes) -> Callable[[list[str]], bytes]:
    """Answer so many sentences, then cut."""

    def answer(words: list[str]) -> bytes:
        if words[1] == f"=comment={count}":
            raise Cut(last)
        return done(ret="*1")

    return answer


def test_replies_come_in_the_order_of_their_commands(router: ScriptedRouter, wire: Wire) -> None:
    router.answers[ADD] = lambda words: done(ret=words[1])
    replies = wire.exchange(adds(250))
    assert [reply.ret for reply in replies] == [f"=comment={number}" for number in range(250)]


def test_a_refused_command_does_not_stop_the_others(router: ScriptedRouter, wire: Wire) -> None:
    router.answers[ADD] = trap("failure: already have such entry")
    router.answers["/ip/address/print"] = row({"address": "10.0.0.1/24"}) + done()
    refused, printed = wire.exchange([*adds(1), Command("/ip/address/print")])
    assert refused.error == "failure: already have such entry"
    assert printed.rows == ({"address": "10.0.0.1/24"},)


def test_no_commands_need_no_connection(wire: Wire) -> None:
    wire.close()
    assert wire.exchange([]) == []


class Writes(socket.socket):
    """A socket that keeps what each write sent."""

    sent: tuple[bytes, ...] = ()

    def sendall(self, data: bytes) -> None:  # type: ignore[override]
        self.sent += (data,)


def test_a_burst_is_one_write() -> None:
    ours, theirs = socket.socketpair()
    with Writes(fileno=ours.detach()) as writes, theirs:
        theirs.sendall(done() * 205)
        wire = Wire("seattle", writes)
        wire.exchange(adds(205))
        wire.close()
        assert [sent.count(ADD.encode()) for sent in writes.sent] == [100, 100, 5]


@given(st.lists(st.integers(1, BURST_BYTES + 1), max_size=BURST_SENTENCES * 3))
def test_bursts_lose_nothing_and_are_neither_long_nor_large(sizes: list[int]) -> None:
    found = list(bursts([bytes(size) for size in sizes]))
    assert [len(each) for burst in found for each in burst] == sizes
    for burst in found:
        assert 0 < len(burst) <= BURST_SENTENCES
        assert len(burst) == 1 or sum(map(len, burst)) <= BURST_BYTES


@pytest.mark.parametrize("last", [b"", done(ret="*1")[:-4], b"\x85"])
def test_a_cut_in_the_middle_says_how_far_it_got(router: ScriptedRouter, wire: Wire, last: bytes) -> None:
    router.answers[ADD] = after(3, last)
    with pytest.raises(ConnectionCut) as error:
        wire.exchange(adds(40))
    assert str(error.value).startswith(f"seattle: the connection was cut at {ADD} after 3 of 40 sentences (")
    assert (error.value.answered, error.value.total) == (3, 40)
    assert wire.closed


@pytest.mark.parametrize(
    ("last", "cause"),
    [
        (sentence("!fatal", "session terminated on request"), "the router said: session terminated on request"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n" + bytes(200), "an answer that is not the RouterOS API's"),
    ],
)
def test_an_answer_that_ends_the_session_is_told(router: ScriptedRouter, wire: Wire, last: bytes, cause: str) -> None:
    router.answers[ADD] = after(0, last)
    with pytest.raises(ConnectionCut) as error:
        wire.exchange(adds(1))
    assert error.value.cause == cause


def test_a_router_that_falls_silent_is_given_up() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        ours.settimeout(0.05)
        wire = Wire("seattle", ours)
        theirs.sendall(done())
        with pytest.raises(ConnectionCut, match=r"after 1 of 2 sentences \(no answer in time\)"):
            wire.exchange(adds(2))
        assert wire.closed


def test_a_closed_wire_sends_nothing_more(router: ScriptedRouter, wire: Wire) -> None:
    wire.close()
    with pytest.raises(ConnectionCut, match="after 0 of 1 sentences"):
        wire.exchange(adds(1))
    assert router.sentences == []


def test_an_interrupted_batch_closes_the_wire(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_read: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("isthmus.transports.routeros.wire.read_reply", interrupt)
    with pytest.raises(KeyboardInterrupt):
        wire.exchange(adds(1))
    assert wire.closed


def test_nothing_that_is_sent_is_logged(router: ScriptedRouter, wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    router.answers[ADD] = done()
    with caplog.at_level(logging.DEBUG):
        wire.exchange([Command(ADD, {"password": "s3cret"})])
    assert "s3cret" not in caplog.text
