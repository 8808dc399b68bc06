"""Wherever a connection is cut, the next run finishes the work, and nothing is lost or left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from isthmus.declare import registry
from isthmus.engine import mark
from isthmus.engine.menu import Menu
from isthmus.errors import ConnectionCut, IsthmusError
from isthmus.transact import item, rows, settings
from isthmus.transact.item import Item
from isthmus.transact.router import Router
from isthmus.transact.rows import Rows
from isthmus.transact.settings import Settings
from isthmus.transact.transaction import Owner
from isthmus_lab import EmulatedRouter
from tests.unit.transact.conftest import Run

T = TypeVar("T")

MARK = mark.make("lab", "dev", "test", "mine")
OWNER = Owner(MARK.stack, "us")
FILTER = "/ip/firewall/filter"
EVERYWHERE = pytest.mark.parametrize("where", ["before", "executed", "within", "after"])


def menu(path: str) -> Menu:
    found = registry.menu(path)
    assert found is not None
    return found


def ports(*numbers: int) -> list[dict[str, str]]:
    return [{"action": "accept", "protocol": "tcp", "dst-port": str(number)} for number in numbers]


def chain(*numbers: int, exclusive: bool = False) -> Rows:
    return Rows(menu(FILTER), "input", ports(*numbers), MARK, exclusive=exclusive)


def finished(emulated: EmulatedRouter, run: Run, where: str, nth: int, work: Callable[[Router], T]) -> T:
    """Cut the nth sentence of the work, and where that is noticed let a second run do it again; 0 cuts nothing."""
    router = run()
    assert router.version
    if nth:
        emulated.control.cut(where, nth)
    try:
        return work(router)
    except ConnectionCut:
        return work(run())
    finally:
        emulated.control.heal()


def standing(emulated: EmulatedRouter) -> list[str]:
    return [row.get("dst-port", "") for row in emulated.control.execute(f"{FILTER}/print").rows]


def notes(emulated: EmulatedRouter) -> list[str]:
    return [row["name"] for row in emulated.control.execute("/system/script/print").rows]


def everywhere(emulated: EmulatedRouter, cut_at: Callable[[int], None]) -> None:
    """Cut at one sentence after the other, as many as there are."""
    emulated.control.reset_counters()
    cut_at(0)
    sentences = emulated.control.counters()["sentences"]
    assert sentences > 4
    for nth in range(1, sentences + 1):
        cut_at(nth)


@EVERYWHERE
def test_a_list_that_takes_a_chain_over(emulated: EmulatedRouter, run: Run, where: str) -> None:
    for words in ports(80, 8443):
        emulated.control.execute(f"{FILTER}/add", {"chain": "input", "comment": "by hand", **words})
    before = emulated.control.export()
    wanted = chain(22, 80, 443, exclusive=True)

    def cut_at(nth: int) -> None:
        kept = finished(emulated, run, where, nth, lambda router: rows.settle(router, OWNER, wanted, None))
        assert (standing(emulated), len(notes(emulated))) == (["22", "80", "443"], 1)
        rows.remove(run(), OWNER, wanted, kept)
        assert emulated.control.export() == before

    everywhere(emulated, cut_at)


@EVERYWHERE
def test_a_list_that_is_changed(emulated: EmulatedRouter, run: Run, where: str) -> None:
    before = emulated.control.export()
    old, new = chain(22, 80, 443, 8291), chain(443, 53, 22, 123, 8291)

    def cut_at(nth: int) -> None:
        made = rows.settle(run(), OWNER, old, None)
        kept = finished(emulated, run, where, nth, lambda router: rows.settle(router, OWNER, new, made))
        assert (standing(emulated), notes(emulated)) == (["443", "53", "22", "123", "8291"], [])
        seen = rows.read(run(), new, kept)
        assert (len(seen.rows), seen.kept.foreign, seen.displaced) == (5, [], "")
        finished(emulated, run, where, nth, lambda router: rows.remove(router, OWNER, new, kept))
        assert emulated.control.export() == before

    everywhere(emulated, cut_at)


@EVERYWHERE
@pytest.mark.parametrize("path", ["/ip/ipsec/profile", "/ip/pool"], ids=["no comment", "comment"])
def test_a_row_that_is_adopted_and_given_back(emulated: EmulatedRouter, run: Run, where: str, path: str) -> None:
    former = {"lifetime": "4h"} if "profile" in path else {"ranges": "192.0.2.1-192.0.2.9"}
    words = {"lifetime": "8h"} if "profile" in path else {"ranges": "192.0.2.1-192.0.2.5"}
    emulated.control.execute(f"{path}/add", {"name": "modern", **former})
    before = emulated.control.export()
    wanted = Item(menu(path), {"name": "modern", **words}, MARK, adopt=True)

    def cut_at(nth: int) -> None:
        kept = finished(emulated, run, where, nth, lambda router: item.create(router, OWNER, wanted))
        assert len(notes(emulated)) == 1
        finished(emulated, run, where, nth, lambda router: item.delete(router, OWNER, wanted, kept))
        assert emulated.control.export() == before

    everywhere(emulated, cut_at)


@EVERYWHERE
def test_a_row_without_a_comment_that_is_made(emulated: EmulatedRouter, run: Run, where: str) -> None:
    before = emulated.control.export()
    wanted = Item(menu("/ip/ipsec/profile"), {"name": "modern", "lifetime": "8h"}, MARK)

    def cut_at(nth: int) -> None:
        kept = finished(emulated, run, where, nth, lambda router: item.create(router, OWNER, wanted))
        names = [row["name"] for row in emulated.control.execute("/ip/ipsec/profile/print").rows]
        assert (names, len(notes(emulated))) == (["default", "modern"], 1)
        finished(emulated, run, where, nth, lambda router: item.delete(router, OWNER, wanted, kept))
        assert emulated.control.export() == before

    everywhere(emulated, cut_at)


@EVERYWHERE
def test_settings_that_are_set_and_set_back(emulated: EmulatedRouter, run: Run, where: str) -> None:
    before = emulated.control.export()
    wanted = Settings(menu("/system/identity"), {"name": "seattle-gw"}, MARK)

    def cut_at(nth: int) -> None:
        kept = finished(emulated, run, where, nth, lambda router: settings.apply(router, OWNER, wanted, {}))
        assert len(notes(emulated)) == 1
        finished(emulated, run, where, nth, lambda router: settings.restore(router, OWNER, wanted, kept.former))
        assert emulated.control.export() == before

    everywhere(emulated, cut_at)


def test_a_refused_change_of_a_list_undoes_itself(emulated: EmulatedRouter, run: Run) -> None:
    made = rows.settle(run(), OWNER, chain(22, 80, 443), None)
    before = emulated.control.export()
    wrong = Rows(
        menu(FILTER), "input", [*ports(443, 8291, 22), {"in-interface-list": "nosuch", "comment": "hush"}], MARK
    )
    with pytest.raises(IsthmusError, match=r"cannot add in-interface-list=nosuch: input does not match"):
        rows.settle(run(), OWNER, wrong, made)
    assert emulated.control.export() == before


def test_a_refused_adoption_undoes_itself(emulated: EmulatedRouter, run: Run) -> None:
    emulated.control.execute("/ip/ipsec/peer/add", {"name": "boise", "address": "192.0.2.1", "comment": "by hand"})
    before = emulated.control.export()
    words = {"name": "boise", "address": "192.0.2.2", "profile": "nosuch"}
    with pytest.raises(IsthmusError, match=r"cannot change name=boise with profile=nosuch"):
        item.create(run(), OWNER, Item(menu("/ip/ipsec/peer"), words, MARK, adopt=True))
    assert emulated.control.export() == before


@pytest.mark.parametrize("path", ["/ip/pool", "/ip/firewall/address-list"])
def test_a_comment_in_another_encoding_comes_back_byte_for_byte(emulated: EmulatedRouter, run: Run, path: str) -> None:
    words = {"name": "lan", "ranges": "192.0.2.1"} if "pool" in path else {"list": "lan", "address": "192.0.2.1"}
    winbox = "Büro €5 Zürich".encode("cp1252").decode("utf-8", "surrogateescape")
    emulated.control.execute(f"{path}/add", {**words, "comment": winbox})
    before = emulated.control.export()
    wanted = Item(menu(path), words, MARK, adopt=True)
    kept = item.create(run(), OWNER, wanted)
    (row,) = emulated.control.execute(f"{path}/print").rows
    assert row["comment"] == f"{winbox} [isthmus:{MARK}]"
    item.delete(run(), OWNER, wanted, kept)
    assert emulated.control.export() == before


@pytest.mark.parametrize("path", ["/ip/ipsec/profile", "/ip/pool"], ids=["no comment", "comment"])
def test_an_adoption_whose_answer_was_never_kept_is_known_to_the_next_run(
    emulated: EmulatedRouter, run: Run, path: str
) -> None:
    former = {"lifetime": "4h"} if "profile" in path else {"ranges": "192.0.2.1-192.0.2.9"}
    words = {"lifetime": "8h"} if "profile" in path else {"ranges": "192.0.2.1-192.0.2.5"}
    emulated.control.execute(f"{path}/add", {"name": "modern", **former})
    before = emulated.control.export()
    wanted = Item(menu(path), {"name": "modern", **words}, MARK, adopt=True)
    item.create(run(), OWNER, wanted)
    kept = item.create(run(), OWNER, wanted)
    assert (kept.former or {}).items() >= former.items()
    item.delete(run(), OWNER, wanted, kept)
    assert emulated.control.export() == before


def test_a_name_of_ones_own_whose_row_was_never_kept_is_found_by_the_next_run(
    emulated: EmulatedRouter, run: Run
) -> None:
    before = emulated.control.export()
    wanted = Item(menu("/ip/ipsec/profile"), {"name": "modern", "lifetime": "8h"}, MARK)
    item.create(run(), OWNER, wanted)
    kept = item.create(run(), OWNER, wanted)
    kept = item.update(run(), OWNER, wanted, wanted, kept)
    assert notes(emulated) == []
    item.delete(run(), OWNER, wanted, kept)
    assert emulated.control.export() == before


def test_settings_whose_answer_was_never_kept_remember_what_was_there(emulated: EmulatedRouter, run: Run) -> None:
    before = emulated.control.export()
    wanted = Settings(menu("/system/identity"), {"name": "seattle-gw"}, MARK)
    settings.apply(run(), OWNER, wanted, {})
    kept = settings.apply(run(), OWNER, wanted, {})
    settings.restore(run(), OWNER, wanted, kept.former)
    assert emulated.control.export() == before
