"""What clients cost: sentences and round trips, the same every time."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest

from isthmus_lab import EmulatedRouter
from isthmus_lab.routeros.wire import encode_sentence
from tests.support.raw_api import RawClient


@pytest.fixture
def router() -> Iterator[EmulatedRouter]:
    with EmulatedRouter("seattle") as router:
        yield router


@pytest.fixture
def client(router: EmulatedRouter) -> Iterator[RawClient]:
    with RawClient(router.api_port) as client:
        client.log_in()
        router.control.reset_counters()
        yield client


PRINT = ["/system/identity/print"]


def commented(number: int, size: int = 100) -> list[str]:
    """Write a sentence of some size; its number makes the sizes differ."""
    return ["/system/script/add", f"=name=script-{number}", f"=comment={'x' * (size + number % 97)}"]


def test_sentences_are_counted_by_path_and_logins_apart(router: EmulatedRouter) -> None:
    with RawClient(router.api_port) as client:
        client.log_in().ask(*PRINT)
        client.ask(*PRINT)
        client.ask("/nothing/here")
    assert router.control.counters() == {
        "connections": 1,
        "logins": 1,
        "round_trips": 4,
        "sentences": 4,
        "paths": {"/login": 1, "/nothing/here": 1, "/system/identity/print": 2},
    }


def test_a_refused_login_is_a_sentence_but_no_login(router: EmulatedRouter) -> None:
    with RawClient(router.api_port) as client:
        client.ask("/login", "=name=admin", "=password=wrong")
    counts = router.control.counters()
    assert (counts["logins"], counts["sentences"]) == (0, 1)


def test_each_answer_that_is_waited_for_is_a_round_trip(router: EmulatedRouter, client: RawClient) -> None:
    for _ in range(20):
        client.ask(*PRINT)
    assert router.control.counters()["round_trips"] == 20


@pytest.mark.parametrize("delay", [0, 5])
@pytest.mark.parametrize("sentences", [2, 100, 2000])
def test_sentences_sent_at_once_are_one_round_trip(
    router: EmulatedRouter, client: RawClient, sentences: int, delay: int
) -> None:
    router.control.delay(delay)
    for burst in range(1, 4):
        client.send_at_once(*[commented(burst * 10_000 + number) for number in range(sentences)])
        client.replies(sentences)
        assert router.control.counters()["round_trips"] == burst


def test_sentences_sent_at_once_over_tls_are_one_round_trip(router: EmulatedRouter) -> None:
    context = ssl.create_default_context(cadata=router.certificate)
    with RawClient(router.api_ssl_port, context) as client:
        client.log_in()
        router.control.reset_counters()
        client.send_at_once(*[commented(number) for number in range(1000)])
        client.replies(1000)
    assert router.control.counters()["round_trips"] == 1


def test_a_sentence_in_two_pieces_is_one_round_trip(router: EmulatedRouter, client: RawClient) -> None:
    data = encode_sentence(PRINT)
    client.socket.sendall(data[:5])
    router.control.info()  # the first piece has arrived by then
    client.socket.sendall(data[5:])
    client.replies()
    assert router.control.counters()["round_trips"] == 1


def test_a_sentence_begun_before_the_answers_came_belongs_to_their_round_trip(
    router: EmulatedRouter, client: RawClient
) -> None:
    data = encode_sentence(PRINT)
    client.socket.sendall(data + data[:5])
    client.replies()
    client.socket.sendall(data[5:])
    client.replies()
    assert router.control.counters()["round_trips"] == 1
    client.ask(*PRINT)
    assert router.control.counters()["round_trips"] == 2


def test_what_the_operator_does_is_not_counted(router: EmulatedRouter, client: RawClient) -> None:
    client.ask(*PRINT)
    router.control.execute("/system/identity/print")
    assert router.control.counters()["sentences"] == 1


def test_listening_costs_one_sentence(router: EmulatedRouter, client: RawClient) -> None:
    client.send("/system/script/listen")
    client.ask(*PRINT)
    for number in range(5):
        router.control.execute("/system/script/add", {"name": f"script-{number}"})
        client.sentence()
    assert router.control.counters()["sentences"] == 2
