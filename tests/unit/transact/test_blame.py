"""A refusal is told with the words that it is about, and never with a secret's value."""

from __future__ import annotations

from isthmus.engine.menu import Menu, untyped
from isthmus.transact.blame import blamed

WORDS = {"name": "guests", "vlan-id": "5000", "mtu": "1500", "ipsec-secret": "hunter2"}
MENU: Menu = untyped("/interface/vlan", WORDS)


def test_a_range_is_told_with_the_number_outside_of_it() -> None:
    assert blamed(MENU, WORDS, "value out of range (1..4095)") == " with vlan-id=5000"


def test_a_range_that_every_number_fits_blames_none() -> None:
    assert blamed(MENU, WORDS, "value out of range (1..65535)") == ""


def test_a_word_that_the_router_names_is_told_with_its_value() -> None:
    assert blamed(MENU, WORDS, "invalid value for argument mtu") == " with mtu=1500"


def test_a_word_that_sounds_secret_is_told_without_its_value() -> None:
    assert blamed(MENU, WORDS, "invalid value for argument ipsec-secret") == " with ipsec-secret"


def test_the_key_is_told_already() -> None:
    assert blamed(MENU, WORDS, "input does not match any value of name", ["name"]) == ""
