"""What is wrong with words is told before any router is asked, and without any secret."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isthmus.engine import checks, text
from isthmus.engine.kinds import Number
from isthmus.engine.menu import Menu, Word, sounds_secret, untyped

MENU = Menu("/lab", {"pin_token": Word("pin-token", "pin_token", Number(0, 9), "A word that sounds secret.")})


def test_a_word_that_sounds_secret_is_told_without_its_value() -> None:
    words, (problem,) = checks.canonical(MENU, {"pin_token": "hunter2"})
    assert words == {}
    assert problem.reason == "/lab: pin-token: the secret has a wrong form"


def test_a_word_of_a_generic_resource_is_told_without_its_value() -> None:
    menu = untyped("/lab", ["password", "lifetime"])
    _, problems = checks.canonical(menu, {"password": {"was": "hunter2"}, "lifetime": {"was": "8h"}})
    assert [problem.property for problem in problems] == ["password", "lifetime"]
    assert "hunter2" not in repr(problems)


def test_a_declared_word_is_told_with_its_value() -> None:
    plain = replace(MENU, words={"pin": Word("pin", "pin", Number(0, 9), "A number.")})
    _, (problem,) = checks.canonical(plain, {"pin": 12})
    assert problem.reason == "/lab: pin: expected a whole number 0..9, found 12"


@pytest.mark.parametrize(
    "name", ["password", "ipsec-secret", "private_key", "wpa2-pre-shared-key", "Passphrase", "tls-psk", "token"]
)
def test_words_that_sound_secret(name: str) -> None:
    assert sounds_secret(name)


@pytest.mark.parametrize("name", ["name", "auth-method", "key-size", "passthrough", "public-key"])
def test_words_that_do_not(name: str) -> None:
    assert not sounds_secret(name)


def test_a_line_that_cannot_be_read_is_told_without_what_it_says() -> None:
    with pytest.raises(ValueError, match="cannot read 'src address': expected word=value") as refused:
        text.words("action=accept src address=192.0.2.1 comment=hunter2")
    assert "hunter2" not in str(refused.value)
