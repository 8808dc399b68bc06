"""An adopted row that gained a word which the router can neither unset nor default is given back without it."""

from __future__ import annotations

import pytest

from isthmus.declare import registry
from isthmus.engine import mark
from isthmus.engine.version import Version
from isthmus.transact import item
from isthmus.transact.item import Item, writing
from isthmus.transact.transaction import Owner
from isthmus_lab import EmulatedRouter
from tests.unit.transact.conftest import Run

MARK = mark.make("lab", "dev", "test", "mine")
OWNER = Owner(MARK.stack, "us")
IDENTITY = "/ip/ipsec/identity"


def wanted() -> Item:
    menu = registry.menu(IDENTITY)
    assert menu is not None
    words = {"peer": "boise", "auth-method": "pre-shared-key-xauth", "secret": "a-key-for-boise", "username": "anna"}
    return Item(menu, words, MARK, adopt=True)


@pytest.fixture
def before(emulated: EmulatedRouter) -> str:
    emulated.control.execute("/ip/ipsec/peer/add", {"name": "boise", "address": "192.0.2.1"})
    emulated.control.execute(f"{IDENTITY}/add", {"peer": "boise", "secret": "a-key-for-boise", "comment": "by hand"})
    return emulated.control.export()


def test_a_word_that_only_reset_takes_away_goes(
    emulated: EmulatedRouter, run: Run, before: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = item.create(run(), OWNER, wanted())
    item.delete(run(), OWNER, wanted(), kept)
    assert emulated.control.export() == before
    assert capsys.readouterr().out == ""


def test_a_word_that_nothing_takes_away_is_told(
    emulated: EmulatedRouter,
    run: Run,
    before: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = item.create(run(), OWNER, wanted())
    monkeypatch.setattr(writing, "RESETS", Version(99))
    item.delete(run(), OWNER, wanted(), kept)
    assert emulated.control.export() == before.replace("secret=a-key-for-boise", "secret=a-key-for-boise username=anna")
    stays = "keeps username, which it did not have before and this router cannot take away: remove it by hand"
    assert capsys.readouterr().out == f"warning: seattle: {IDENTITY}: peer=boise {stays}\n"
