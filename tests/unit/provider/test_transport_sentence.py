"""Commands become the API's bytes, and its bytes become replies."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from librouteros.exceptions import FatalError, ProtocolError

from isthmus.transports.routeros.sentence import Command, Reply, read_reply
from tests.support.scripted_router import done, row, sentence, trap, word

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1)
VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Co"]))
"""Text without private characters, some of which stand for bytes that are no UTF-8."""


def reply(data: bytes) -> Reply:
    return read_reply(io.BytesIO(data).read)


@given(st.dictionaries(NAMES, VALUES), st.lists(VALUES))
def test_a_command_is_a_sentence_of_its_words(attributes: Mapping[str, str], queries: list[str]) -> None:
    words = [f"={name}={value}" for name, value in attributes.items()] + [f"?{query}" for query in queries]
    assert Command("/ip/address/print", attributes, tuple(queries)).encode() == sentence("/ip/address/print", *words)


@pytest.mark.parametrize("length", [0, 0x7F, 0x80, 0x3FFF, 0x4000, 0x1FFFFF, 0x200000])
def test_values_of_every_framed_length_go_and_come(length: int) -> None:
    value = "x" * (length - len("=comment=")) if length else ""
    assert Command("/a", {"comment": value}).encode() == sentence("/a", f"=comment={value}")
    assert reply(row({"comment": value}) + done()).rows == ({"comment": value},)


@given(st.lists(st.dictionaries(NAMES, VALUES)))
def test_rows_come_back_as_text_in_their_order(rows: list[dict[str, str]]) -> None:
    assert reply(b"".join(map(row, rows)) + done()).rows == tuple(rows)


def test_values_stay_text_as_the_router_wrote_it() -> None:
    found = reply(row({".id": "*1", "mtu": "1500", "disabled": "false", "fib": "", "comment": "a=b"}) + done())
    assert found.rows == ({".id": "*1", "mtu": "1500", "disabled": "false", "fib": "", "comment": "a=b"},)


def test_the_id_of_an_added_row_is_returned() -> None:
    assert reply(done(ret="*1F")) == Reply(ret="*1F")


def test_an_empty_print_of_7_18_has_no_rows() -> None:
    assert reply(sentence("!empty") + done()) == Reply()


def test_a_trap_is_an_answer() -> None:
    assert reply(trap("no such item", 0)) == Reply(error="no such item", category=0)
    assert reply(trap("not enough permissions (9)")) == Reply(error="not enough permissions (9)")


def test_several_traps_are_told_together() -> None:
    first = sentence("!trap", "=category=0", "=message=no such command or directory (x)")
    assert reply(first + trap("no such command prefix")) == Reply(
        error="no such command or directory (x); no such command prefix", category=0
    )


def test_bytes_that_are_not_utf_8_are_kept() -> None:
    assert reply(sentence("!re", b"=comment=caf\xe9") + done()).rows == ({"comment": "caf\uefe9"},)


def test_a_fatal_word_is_raised() -> None:
    with pytest.raises(FatalError, match="not logged in"):
        reply(sentence("!fatal", "not logged in"))


@pytest.mark.parametrize("data", [sentence("HTTP/1.1 400 Bad Request"), sentence(), b"\xf8rest"])
def test_what_is_not_the_api_is_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        reply(data)


def test_no_value_shows_in_a_repr() -> None:
    secret = {"secret": "s3cret"}
    assert "s3cret" not in repr([Command("/a", secret, ("secret=s3cret",)), Reply((secret,), ret="s3cret")])


def test_the_framing_of_these_tests_is_the_manuals() -> None:
    assert word("x" * 0x87)[:2] == bytes.fromhex("8087")
    assert word("x" * 0x4321)[:3] == bytes.fromhex("c04321")
