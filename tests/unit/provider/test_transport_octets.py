"""Bytes of a router come back to it as they were, UTF-8 or not."""

from __future__ import annotations

import json

import pytest
from google.protobuf.struct_pb2 import Value  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from isthmus.transports.routeros import octets

WINDOWS = "Büro €5 Zürich".encode("cp1252")


@given(st.binary())
def test_every_text_of_a_router_comes_back_byte_for_byte(data: bytes) -> None:
    assert octets.encode(octets.decode(data)) == data


@pytest.mark.parametrize(
    "data", [WINDOWS, b"\xee\xbe\x80", b"\xee\xbe", b"\xee\xbf\xbf\xfc", "\uefff".encode(), b"\xff" * 3]
)
def test_bytes_beside_utf8_come_back(data: bytes) -> None:
    assert octets.encode(octets.decode(data)) == data


@given(st.binary())
def test_any_text_passes_through_protobuf_and_json(data: bytes) -> None:
    text = octets.decode(data)
    sent = Value(string_value=text).SerializeToString()
    assert Value.FromString(sent).string_value == text
    assert json.loads(json.dumps(text, ensure_ascii=False).encode()) == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Co"])))
def test_ordinary_text_is_utf8(text: str) -> None:
    assert octets.encode(text) == text.encode()
    assert octets.decode(text.encode()) == text


def test_text_between_stays_readable() -> None:
    assert octets.decode(WINDOWS) == "B\ueffcro \uef805 Z\ueffcrich"
