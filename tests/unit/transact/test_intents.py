"""A row that cannot carry a mark is found again after a killed run, and nobody else's is taken for it."""

from __future__ import annotations

import pytest

from isthmus.declare import registry
from isthmus.engine import mark
from isthmus.engine.menu import untyped
from isthmus.errors import ConnectionCut, DeviceError
from isthmus.transact import item
from isthmus.transact.item import Item
from isthmus.transact.transaction import Owner
from isthmus_lab import EmulatedRouter
from tests.unit.transact.conftest import Run

MARK = mark.make("lab", "dev", "test", "mine")
OWNER = Owner(MARK.stack, "us")
PROFILE = "/ip/ipsec/profile"


def typed(**words: str) -> Item:
    menu = registry.menu(PROFILE)
    assert menu is not None
    return Item(menu, {"name": "modern", **words}, MARK)


def keyless(resource: str = "mine", **words: str) -> Item:
    """Declare a row of which nothing tells it from others."""
    menu = untyped(PROFILE, ["name", "lifetime"], comment=False)
    return Item(menu, {"name": "modern", **words}, mark.make("lab", "dev", "test", resource))


def cut(emulated: EmulatedRouter, run: Run, where: str, wanted: Item) -> None:
    router = run()
    assert router.version
    emulated.control.cut(where, 1, f"{PROFILE}/add")
    with pytest.raises(ConnectionCut):
        item.create(router, OWNER, wanted)
    emulated.control.heal()


def names(emulated: EmulatedRouter) -> list[str]:
    return [row["name"] for row in emulated.control.execute(f"{PROFILE}/print").rows]


@pytest.mark.parametrize("where", ["before", "executed", "within", "after"])
@pytest.mark.parametrize("lifetime", ["8h", "480m"], ids=["spelled as the router does", "spelled otherwise"])
def test_a_row_without_comment_and_key_is_made_once(
    emulated: EmulatedRouter, run: Run, where: str, lifetime: str
) -> None:
    before = emulated.control.export()
    wanted = keyless(lifetime=lifetime)
    cut(emulated, run, where, wanted)
    kept = item.create(run(), OWNER, wanted)
    assert names(emulated) == ["default", "modern"]
    item.delete(run(), OWNER, wanted, kept)
    assert emulated.control.export() == before


def test_a_row_whose_program_changed_since_the_killed_run_is_found_and_changed(
    emulated: EmulatedRouter, run: Run
) -> None:
    cut(emulated, run, "executed", typed(lifetime="8h"))
    item.create(run(), OWNER, typed(name="newer", lifetime="4h"))
    (_, row) = emulated.control.execute(f"{PROFILE}/print").rows
    assert (row["name"], row["lifetime"]) == ("newer", "4h")
    assert len(emulated.control.execute("/system/script/print").rows) == 1


@pytest.mark.parametrize("theirs", [{"lifetime": "2h"}, {"lifetime": "8h", "dh-group": "modp8192"}])
def test_a_persons_row_of_the_same_name_is_not_taken_after_a_killed_run(
    emulated: EmulatedRouter, run: Run, theirs: dict[str, str]
) -> None:
    cut(emulated, run, "before", typed(lifetime="8h"))
    emulated.control.execute(f"{PROFILE}/add", {"name": "modern", **theirs})
    with pytest.raises(DeviceError, match=r"name=modern exists already and is not ours; take it over with adopt=True"):
        item.create(run(), OWNER, typed(lifetime="8h"))


def test_rows_that_stood_there_before_are_never_taken_for_ours(emulated: EmulatedRouter, run: Run) -> None:
    emulated.control.execute(f"{PROFILE}/add", {"name": "theirs", "lifetime": "8h"})
    wanted = Item(untyped(PROFILE, ["lifetime"], comment=False), {"lifetime": "8h"}, MARK)
    router = run()
    assert router.version
    emulated.control.cut("before", 1, f"{PROFILE}/add")
    with pytest.raises(ConnectionCut):
        item.create(router, OWNER, wanted)
    emulated.control.heal()
    with pytest.raises(DeviceError, match="name"):
        item.create(run(), OWNER, wanted)
    assert names(emulated) == ["default", "theirs"]


def test_a_note_names_no_secret(emulated: EmulatedRouter, run: Run) -> None:
    path = "/ip/ipsec/profile"
    menu = untyped(path, ["name", "password"], comment=False)
    wanted = Item(menu, {"name": "modern", "password": "never-to-be-noted"}, MARK)
    router = run()
    assert router.version
    emulated.control.cut("before", 1, f"{path}/add")
    with pytest.raises(ConnectionCut):
        item.create(router, OWNER, wanted)
    emulated.control.heal()
    noted = [row["source"] for row in emulated.control.execute("/system/script/print").rows]
    assert any('"modern"' in source for source in noted)
    assert not any("never-to-be-noted" in source for source in noted)
