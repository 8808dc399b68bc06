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

MENUS = ["/ip/address", "/ip/route", "/ip/firewall/nat", "/ip/ipsec/peer", "/ip/ipsec/policy", "/interface/bridge"]
MENUS += ["/system/identity", "/system/script", "/routing/table", "/tool/netwatch", "/ip", ""]
VERBS = ["add", "print", "set", "move", "unset", "get", "find", "enable", "comment", "listen", "export", "x", ""]
NAMES = [
    ".id",
    "numbers",
    ".proplist",
    "address",
    "interface",
    "chain",
    "place-before",
    "copy-from",
    "!comment",
    "name",
]
VALUES = ["*0", "*1", "*FFFF", "ether1", "yes", "1d", "192.0.2.1/24", "192.0.2.9-192.0.2.1", "!tcp", "a,b", "65536"]

path = st.builds("{}/{}".format, st.sampled_from(MENUS), st.sampled_from(VERBS)) | st.sampled_from(
    ["/login", "/cancel", ""]
)
attribute = st.builds(
    "={}={}".format, st.sampled_from(NAMES) | st.text(max_size=5), st.sampled_from(VALUES) | st.text(max_size=20)
)
query = st.text(max_size=10).map("?{}".format)
words = st.lists(attribute | query | st.text(min_size=1, max_size=10), max_size=6)
sentence = st.builds(lambda path, rest: [path, *rest], path, words)


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
