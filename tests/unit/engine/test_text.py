"""Rules as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.engine import text
from isthmus.engine.menu import untyped

WORDS = st.dictionaries(st.sampled_from(["action", "src-address", "comment", "dst-port"]), st.text(min_size=1))


@given(WORDS)
def test_a_line_reads_back_as_it_was_written(words: dict[str, str]) -> None:
    line = text.line(untyped("/x", ["action", "src-address", "dst-port"]), words)
    assert text.lines(f"/ip/firewall/nat\n{line}\n") in ([line], [])
    assert text.words(line) == words


def test_words_stand_in_the_order_of_the_menu_and_the_comment_last() -> None:
    menu = untyped("/x", ["action", "src-address"])
    words = {"comment": "to Boise", "src-address": "192.168.90.0/24", "action": "accept"}
    assert text.line(menu, words) == 'action=accept src-address=192.168.90.0/24 comment="to Boise"'


@pytest.mark.parametrize("line", ["action", "action=accept and more", '"action"=accept', 'comment="open'])
def test_what_is_no_rule_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="word=value"):
        text.words(line)
