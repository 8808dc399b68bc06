"""Bad input costs a client its own connection at most, never the router."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus_lab import EmulatedRouter
from isthmus_lab.routeros.wire import encode_sentence
from tests.support.raw_api import RawClient

PATHS = ["/ip/address/add", "/ip/address/print", "/ip/address/set", "/ip/address/move", "/user/print", "/login"]
PATHS += ["/cancel", "/ip/address/listen", "/interface/print", "/ip/firewall/nat/add", "/", "", "x", "/ip/address"]
NAMES = [".id", "numbers", ".proplist", "address", "interface", "chain", "place-before", "copy-from", "!comment"]

attribute = st.builds("={}={}".format, st.sampled_from(NAMES) | st.text(max_size=5), st.text(max_size=20))
query = st.text(max_size=10).map("?{}".format)
words = st.lists(attribute | query | st.text(min_size=1, max_size=10), max_size=6)
sentence = st.builds(lambda path, rest: [path, *rest], st.sampled_from(PATHS), words)


@pytest.fixture(scope="module")
def router() -> Iterator[EmulatedRouter]:
    with EmulatedRouter("seattle", certificate=None) as router:
        yield router


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=500))
def test_no_bytes_hurt_the_router(router: EmulatedRouter, data: bytes) -> None:
    with RawClient(router.api_port) as client:
        with contextlib.suppress(ConnectionError):
            client.socket.sendall(data)
        assert router.control.info()["name"] == "seattle"


@settings(max_examples=200, deadline=None)
@given(st.lists(sentence, min_size=1, max_size=5))
def test_every_sentence_is_answered_with_an_end(router: EmulatedRouter, sentences: list[list[str]]) -> None:
    with RawClient(router.api_port) as client:
        client.log_in()
        for number, (path, *rest) in enumerate(sentences):
            client.socket.sendall(encode_sentence([path, *rest, f".tag={number}"]))
            client.socket.sendall(encode_sentence(["/cancel", "=tag=none", ".tag=fence"]))
            replies = client.replies()
            while replies[-1] != ["!done", ".tag=fence"]:
                replies += client.replies()
            ends = [reply for reply in replies if reply[0] == "!done"]
            assert len(ends) >= (1 if path.endswith("/listen") else 2)


def test_a_reserved_byte_ends_the_session_after_the_answers_before_it(router: EmulatedRouter) -> None:
    with RawClient(router.api_port) as client:
        client.log_in().socket.sendall(encode_sentence(["/system/identity/print"]) + b"\xff" + b"\x00" * 100)
        assert [reply[0] for reply in client.rest()] == ["!re", "!done"]


def test_a_client_that_goes_away_within_a_sentence_is_forgotten(router: EmulatedRouter) -> None:
    with RawClient(router.api_port) as client:
        client.socket.sendall(encode_sentence(["/login", "=name=admin"])[:7])
    with RawClient(router.api_port) as client:
        client.log_in()
