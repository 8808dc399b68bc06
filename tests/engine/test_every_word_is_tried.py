"""The tables of values miss no word that is declared, and no type."""

from __future__ import annotations

import pytest

from isthmus.engine.version import parse
from isthmus.routeros.rules import Rows
from tests.engine.every.life import SPECIMENS
from tests.engine.every.lists import LISTINGS
from tests.engine.every.specimen import menus, typed

KEYS = "the emulated router makes no RSA keys: `generate-key` and `import` are missing"
UNTRIED = {("/ip/ipsec/identity", "key"): KEYS, ("/ip/ipsec/identity", "remote_key"): KEYS}
"""Words that no test with the engine gives a value, and why."""


@pytest.mark.parametrize("version", ["6.49", "7.16", "7.20"])
def test_every_declared_word_has_a_value(version: str) -> None:
    tried = {
        (specimen.declared.path, word)
        for specimen in SPECIMENS
        if specimen.on(version)
        for word in specimen.values(version, full=True)
    }
    declared = {
        (menu.path, word.attribute)
        for menu in menus()
        if menu.present(parse(version))
        for word in menu.words.values()
        if word.known(parse(version))
    }
    assert sorted(declared - tried) == sorted(UNTRIED)


def test_every_type_has_a_specimen() -> None:
    lists = {name for name, kind in typed().items() if issubclass(kind, Rows)}
    assert lists == {listing.kind for listing in LISTINGS}
    assert set(typed()) - lists == {specimen.kind for specimen in SPECIMENS} - {"Item", "Settings"}
