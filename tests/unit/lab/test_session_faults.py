"""Faults of the line: where a connection breaks, and what the router has done by then."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from isthmus_lab import EmulatedRouter, LabError
from tests.support.raw_api import RawClient


@pytest.fixture
def router() -> Iterator[EmulatedRouter]:
    with EmulatedRouter("seattle", certificate=None) as router:
        yield router


@pytest.fixture
def client(router: EmulatedRouter) -> Iterator[RawClient]:
    with RawClient(router.api_port) as client:
        yield client.log_in()


def scripts(router: EmulatedRouter) -> list[str]:
    """Name the scripts that the router has."""
    return [row["name"] for row in router.control.execute("/system/script/print").rows]


def add(name: str) -> list[str]:
    return ["/system/script/add", f"=name={name}"]


@pytest.mark.parametrize(
    ("where", "made", "answers"),
    [
        ("before", ["a"], 1),
        ("executed", ["a", "b"], 1),
        ("within", ["a", "b"], 1),
        ("after", ["a", "b"], 2),
    ],
)
@pytest.mark.parametrize("delay", [0, 20])
def test_a_cut_comes_at_its_moment(
    router: EmulatedRouter, client: RawClient, where: str, made: list[str], answers: int, delay: int
) -> None:
    router.control.delay(delay)
    router.control.cut(where, nth=2)
    client.send_at_once(add("a"), add("b"), add("c"))
    replies = client.rest()
    assert [reply[0] for reply in replies] == ["!done"] * answers
    assert client.half_a_sentence is (where == "within")
    assert scripts(router) == made


def test_a_cut_counts_only_the_paths_it_names(router: EmulatedRouter, client: RawClient) -> None:
    router.control.cut("before", nth=2, path="/add")
    for _ in range(3):
        client.ask("/system/script/print")
    assert client.ask(*add("a"))[-1][0] == "!done"
    client.ask("/system/script/print")
    client.send(*add("b"))
    assert client.rest() == []


def test_a_cut_works_once_and_over_all_connections(router: EmulatedRouter, client: RawClient) -> None:
    router.control.cut("executed", nth=2, path="/add")
    with RawClient(router.api_port) as other:
        other.log_in().ask(*add("a"))
        client.send(*add("b"))
        assert client.rest() == []
        assert other.ask(*add("c"))[-1][0] == "!done"
    assert scripts(router) == ["a", "b", "c"]


def test_several_cuts_wait_beside_each_other(router: EmulatedRouter) -> None:
    router.control.cut("before", path="/add")
    router.control.cut("before", path="/set")
    for words in (add("a"), ["/system/identity/set", "=name=x"]):
        with RawClient(router.api_port) as client:
            client.log_in().send(*words)
            assert client.rest() == []


def test_dropping_closes_every_connection_at_once(router: EmulatedRouter, client: RawClient) -> None:
    with RawClient(router.api_port) as other:
        other.log_in()
        router.control.drop()
        assert client.rest() == other.rest() == []
    with RawClient(router.api_port) as again:
        again.log_in()


def test_refused_connections_hear_nothing_until_healed(router: EmulatedRouter, client: RawClient) -> None:
    router.control.refuse()
    with RawClient(router.api_port) as refused:
        assert refused.rest() == []
    assert client.ask("/system/identity/print")[-1] == ["!done"]
    router.control.heal()
    with RawClient(router.api_port) as welcome:
        welcome.log_in()


def test_a_delay_holds_back_a_burst_once(router: EmulatedRouter, client: RawClient) -> None:
    router.control.delay(100)
    started = time.monotonic()
    client.send_at_once(*[add(f"script-{number}") for number in range(50)])
    client.replies(50)
    assert 0.1 <= time.monotonic() - started < 1


def test_a_delay_holds_back_each_answer_that_is_waited_for(router: EmulatedRouter, client: RawClient) -> None:
    router.control.delay(50)
    started = time.monotonic()
    for number in range(3):
        client.ask(*add(f"script-{number}"))
    assert time.monotonic() - started >= 0.15


def test_healing_brings_back_the_delay_it_was_started_with() -> None:
    with EmulatedRouter("seattle", certificate=None, delay=30) as router, RawClient(router.api_port) as client:
        router.control.delay(0)
        router.control.cut("before", path="/add")
        router.control.heal()
        started = time.monotonic()
        client.log_in().ask(*add("a"))
        assert time.monotonic() - started >= 0.06


@pytest.mark.parametrize(
    ("where", "nth", "message"), [("before", 0, "counted from 1"), ("beside", 1, "'beside' is not a valid Where")]
)
def test_a_cut_that_makes_no_sense_is_refused(router: EmulatedRouter, where: str, nth: int, message: str) -> None:
    with pytest.raises(LabError, match=message):
        router.control.cut(where, nth)
