"""Which row is ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.engine import identity, mark
from isthmus.engine.identity import Claim, Intent
from isthmus.engine.kinds import Kind
from isthmus.engine.mark import join, split
from isthmus.engine.menu import Menu, Word, untyped

MINE = mark.make("project", "stack", "type", "mine")
OTHER = mark.make("project", "other", "type", "mine")
MENU = untyped("/ip/address", ["address", "interface"], key=("address", "interface"))
NAMELESS = untyped("/ip/ipsec/profile", ["name"], key=("name",), comment=False)
WORDS = {"address": "192.0.2.1/24", "interface": "ether2"}
INTENT = Intent({"name": "modern"}, frozenset({"*0"}))


def row(number: int, comment: str = "", **words: str) -> dict[str, str]:
    return {".id": f"*{number}", "comment": comment, **WORDS, **words}


@given(st.text(), st.sampled_from("tfulbps"))
def test_a_mark_keeps_the_users_comment(comment: str, band: str) -> None:
    mine = MINE._replace(band=band)
    assert split(join(comment, mine)) == (comment, mine)


@pytest.mark.parametrize("comment", ["Boise Peer", "", "a [bracket]"])
def test_a_comment_reads_back_with_its_mark(comment: str) -> None:
    assert split(join(comment, MINE)) == (comment, MINE)
    assert mark.parse(str(MINE)) == MINE


def test_a_mark_tells_stack_and_resource_but_not_the_band() -> None:
    assert MINE.same_owner == MINE._replace(band="t").same_owner
    assert MINE.same_owner != OTHER.same_owner
    assert MINE.same_owner != mark.make("project", "stack", "type", "yours").same_owner


def test_a_row_is_found_by_its_mark_whatever_its_id() -> None:
    rows = [row(1), row(7, join("LAN", MINE), address="198.51.100.1/24")]
    assert identity.find(MENU, rows, Claim(MINE, WORDS, "*3")).row == rows[1]


def test_the_recorded_row_stays_ours_where_a_person_copied_it_with_its_mark() -> None:
    rows = [row(1, join("", MINE)), row(2, join("", MINE))]
    found = identity.find(MENU, rows, Claim(MINE, WORDS, "*2"))
    assert (found.row, found.copies) == (rows[1], (rows[0],))


def test_a_row_that_lost_its_mark_is_found_by_its_recorded_id() -> None:
    rows = [row(5, "someone wrote here")]
    assert identity.find(MENU, rows, Claim(MINE, WORDS, "*5")).ours


def test_a_recorded_id_that_was_given_anew_is_not_ours() -> None:
    rows = [row(5, address="198.51.100.1/24")]
    assert identity.find(MENU, rows, Claim(MINE, WORDS, "*5")).row is None


def test_a_row_made_anew_by_hand_is_ours_again_by_its_key() -> None:
    assert identity.find(MENU, [row(9)], Claim(MINE, WORDS, "*5")).ours


def test_an_unmarked_row_with_our_key_is_found_but_not_ours() -> None:
    found = identity.find(MENU, [row(9)], Claim(MINE, WORDS))
    assert (found.row, found.ours) == (row(9), False)


def test_a_row_of_another_stack_is_never_ours() -> None:
    found = identity.find(MENU, [row(9, join("", OTHER))], Claim(MINE, WORDS, "*5"))
    assert not found.ours


def test_a_dynamic_row_does_not_stand_in_our_place() -> None:
    assert identity.find(MENU, [row(9, dynamic="true")], Claim(MINE, WORDS)).row is None


def test_where_there_are_no_comments_an_intent_or_the_name_tells() -> None:
    profile = {".id": "*1", "name": "modern"}
    assert not identity.find(NAMELESS, [profile], Claim(MINE, {"name": "modern"})).ours
    assert identity.find(NAMELESS, [profile], Claim(MINE, {"name": "modern"}, intended=INTENT)).ours
    named = {".id": "*1", "name": f"vpn-{MINE.resource}"}
    assert identity.find(NAMELESS, [named], Claim(MINE, {"name": named["name"]})).ours


@pytest.mark.parametrize(
    ("menu", "claim", "expected"),
    [
        (MENU, Claim(MINE, WORDS), ("comment=c", "address=192.0.2.1/24", "interface=ether2", "#&", "#|")),
        (MENU, Claim(MINE, {"address": "x"}, "*5"), (".id=*5", "comment=c", "address=x", "#|", "#|")),
        (NAMELESS, Claim(MINE, {"name": "n"}), ("name=n",)),
    ],
)
def test_a_query_selects_whatever_could_be_ours(menu: Menu, claim: Claim, expected: tuple[str, ...]) -> None:
    assert identity.queries(menu, claim, "c") == expected


def test_a_key_word_that_is_not_given_is_the_routers_own() -> None:
    protocol = Word("protocol", "protocol", Kind(), "", default="all")
    policy = Menu("/ip/ipsec/policy", {**MENU.words, "protocol": protocol}, key=("address", "protocol"))
    row = {".id": "*1", "address": "192.0.2.0/24", "protocol": "all"}
    assert identity.find(policy, [row], Claim(MINE, {"address": "192.0.2.0/24"})).row == row


def test_a_row_that_someone_renamed_is_still_ours_if_most_of_its_words_are() -> None:
    words = {"name": "modern", "lifetime": "8h", "hash-algorithm": "sha256"}
    profiles = untyped("/ip/ipsec/profile", words, key=("name",), comment=False)
    renamed = [{".id": "*5", **words, "name": "old"}]
    assert identity.find(profiles, renamed, Claim(MINE, words, "*5")).row == renamed[0]
    another = [{".id": "*5", "name": "old", "lifetime": "1d", "hash-algorithm": "sha256"}]
    assert identity.find(profiles, another, Claim(MINE, words, "*5")).row is None
