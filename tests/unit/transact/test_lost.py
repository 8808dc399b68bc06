"""A secret that was there before comes back after a killed run, or its loss is told in a line."""

from __future__ import annotations

import pytest

from isthmus.declare import registry
from isthmus.engine import mark
from isthmus.engine.kinds import Kind
from isthmus.engine.menu import Menu, Word
from isthmus.errors import ConnectionCut
from isthmus.transact import item, settings
from isthmus.transact.item import Item
from isthmus.transact.settings import Settings
from isthmus.transact.transaction import Owner
from isthmus_lab import EmulatedRouter
from tests.unit.transact.conftest import Run

MARK = mark.make("lab", "dev", "test", "mine")
OWNER = Owner(MARK.stack, "us")
IDENTITY = "/ip/ipsec/identity"
FORMER, OURS = "what-it-was-before", "what-we-declare-now"
LOST = "an earlier run was cut right after it wrote secret: the former value is lost"


@pytest.fixture
def before(emulated: EmulatedRouter) -> str:
    """A peer with a secret of somebody's, and the whole configuration."""
    emulated.control.execute("/ip/ipsec/peer/add", {"name": "boise", "address": "192.0.2.1"})
    emulated.control.execute(f"{IDENTITY}/add", {"peer": "boise", "secret": FORMER})
    return emulated.control.export()


def wanted() -> Item:
    menu = registry.menu(IDENTITY)
    assert menu is not None
    return Item(menu, {"peer": "boise", "secret": OURS}, MARK, adopt=True)


@pytest.mark.parametrize(("where", "sentence"), [("executed", "/system/script/add"), ("before", f"{IDENTITY}/set")])
def test_a_secret_that_was_not_yet_overwritten_comes_back(
    emulated: EmulatedRouter, run: Run, before: str, where: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    router = run()
    assert router.version
    emulated.control.cut(where, 1 if where == "before" else 2, sentence)
    with pytest.raises(ConnectionCut):
        item.create(router, OWNER, wanted())
    emulated.control.heal()
    kept = item.create(run(), OWNER, wanted())
    item.delete(run(), OWNER, wanted(), kept)
    assert emulated.control.export() == before
    assert "lost" not in capsys.readouterr().out


@pytest.mark.parametrize("where", ["executed", "within", "after"])
def test_a_secret_that_was_overwritten_is_told_as_lost(
    emulated: EmulatedRouter, run: Run, before: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    router = run()
    assert router.version
    emulated.control.cut(where, 1, f"{IDENTITY}/set")
    with pytest.raises(ConnectionCut):
        item.create(router, OWNER, wanted())
    emulated.control.heal()
    kept = item.create(run(), OWNER, wanted())
    told = capsys.readouterr().out
    assert told.splitlines() == [
        f"warning: seattle: {IDENTITY}: peer=boise: {LOST}, and a destroy will leave the present one"
    ]
    item.delete(run(), OWNER, wanted(), kept)
    assert emulated.control.export() == before.replace(FORMER, OURS)
    assert OURS not in told


def test_a_secret_that_is_the_same_as_before_is_not_lost(
    emulated: EmulatedRouter, run: Run, before: str, capsys: pytest.CaptureFixture[str]
) -> None:
    same = Item(wanted().menu, {"peer": "boise", "secret": FORMER}, MARK, adopt=True)
    router = run()
    assert router.version
    emulated.control.cut("executed", 1, f"{IDENTITY}/set")
    with pytest.raises(ConnectionCut):
        item.create(router, OWNER, same)
    emulated.control.heal()
    kept = item.create(run(), OWNER, same)
    item.delete(run(), OWNER, same, kept)
    assert emulated.control.export() == before
    assert "lost" not in capsys.readouterr().out


def test_a_secret_of_a_menu_of_settings_is_told_as_lost(
    emulated: EmulatedRouter, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    path, former, ours = "/ip/dns", "192.0.2.1", "192.0.2.2"
    emulated.control.execute(f"{path}/set", {"servers": former})
    hush = Menu(path, {"servers": Word("servers", "servers", Kind(), "", secret=True)}, singleton=True, comment=False)
    declared = Settings(hush, {"servers": ours}, MARK)
    router = run()
    assert router.version
    emulated.control.cut("executed", 1, f"{path}/set")
    with pytest.raises(ConnectionCut):
        settings.apply(router, OWNER, declared, {})
    emulated.control.heal()
    kept = settings.apply(run(), OWNER, declared, {})
    told = f"warning: seattle: {path}: {LOST.replace('secret', 'servers')}, and a destroy will leave the present one"
    assert capsys.readouterr().out.splitlines() == [told]
    assert kept.former == {"servers": ours}
