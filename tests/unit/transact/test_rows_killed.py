"""Lists and sets that take over rows of others lose none of them, wherever a run dies and whatever is run next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isthmus.engine import mark
from isthmus.engine.order import Place
from isthmus.errors import ConnectionCut
from isthmus.transact import rows
from isthmus.transact.rows import Kept, Rows
from isthmus.transact.transaction import Owner
from isthmus_lab import EmulatedRouter
from tests.unit.transact.conftest import Run
from tests.unit.transact.test_cuts import EVERYWHERE, everywhere, finished, menu, notes, ports

MARK = mark.make("lab", "dev", "test", "mine", "b")
OWNER = Owner(MARK.stack, "us")
FILTER = "/ip/firewall/filter"
ENTRIES = "/ip/firewall/address-list"
NAMES = ["10.1.0.0/24", "10.2.0.0/24", "10.3.0.0/24"]

BY_HAND = {"protocol": "tcp", "dst-port": "443", "comment": "by hand"}
HALF = {
    "exclusive": Rows(menu(FILTER), "input", ports(22, 80), MARK, Place(), exclusive=True),
    "adopted": Rows(menu(FILTER), "input", [BY_HAND], MARK, Place(), adopt=True),
    "set": Rows(menu(ENTRIES), "office", [{"address": name} for name in NAMES[:2]], MARK, adopt=True),
}
WHOLE = {
    "exclusive": replace(HALF["exclusive"], rows=ports(80, 22, 8728)),
    "adopted": replace(HALF["adopted"], exclusive=True, rows=[*ports(53), BY_HAND]),
    "set": replace(HALF["set"], rows=[{"address": name} for name in [*NAMES[::-1], "10.4.0.0/24"]]),
}
TAKING = pytest.mark.parametrize("kind", list(HALF))


@pytest.fixture
def before(emulated: EmulatedRouter) -> str:
    """A router with rules and entries of a person, two of which say the same."""
    for number in (443, 8443, 8443):
        emulated.control.execute(f"{FILTER}/add", {"chain": "input", "comment": "by hand", **ports(number)[0]})
    for name in NAMES[::2]:
        emulated.control.execute(f"{ENTRIES}/add", {"list": "office", "address": name, "comment": "by hand"})
    return emulated.control.export()


def cut_update(emulated: EmulatedRouter, run: Run, wanted: Rows, kept: Kept) -> None:
    """Let a change die within its writes."""
    router = run()
    assert router.version
    emulated.control.cut("executed", 1, f"{wanted.menu.path}/add")
    with pytest.raises(ConnectionCut):
        rows.settle(router, OWNER, wanted, kept)
    emulated.control.heal()


@TAKING
def test_an_answer_that_was_never_kept_costs_nobody_a_row(
    emulated: EmulatedRouter, run: Run, before: str, kind: str
) -> None:
    rows.settle(run(), OWNER, HALF[kind], None)
    kept = rows.settle(run(), OWNER, HALF[kind], None)
    rows.settle(run(), OWNER, WHOLE[kind], kept, claims=not HALF[kind].exclusive)
    kept = rows.settle(run(), OWNER, WHOLE[kind], kept, claims=not HALF[kind].exclusive)
    assert len(rows.read(run(), WHOLE[kind], kept).rows) == len(WHOLE[kind].rows)
    rows.remove(run(), OWNER, WHOLE[kind], kept)
    assert emulated.control.export() == before


@TAKING
def test_a_note_goes_once_a_state_knows_what_it_says(
    emulated: EmulatedRouter, run: Run, before: str, kind: str
) -> None:
    kept = rows.settle(run(), OWNER, HALF[kind], None)
    assert (len(notes(emulated)), bool(kept.noted)) == (1, True)
    router = run()
    kept = rows.read(router, HALF[kind], kept).kept
    other = Rows(menu("/ip/firewall/nat"), "srcnat", [{"action": "accept"}], mark.make("lab", "dev", "test", "other"))
    made = rows.settle(router, OWNER, other, None)
    assert notes(emulated) == []
    assert rows.read(run(), HALF[kind], kept).kept.noted == ""
    rows.remove(run(), OWNER, other, made)
    rows.remove(run(), OWNER, HALF[kind], kept)
    assert emulated.control.export() == before


@EVERYWHERE
@TAKING
def test_rows_are_given_back_once_however_often_that_is_begun(
    emulated: EmulatedRouter, run: Run, before: str, where: str, kind: str
) -> None:
    def cut_at(nth: int) -> None:
        kept = rows.settle(run(), OWNER, HALF[kind], None)
        finished(emulated, run, where, nth, lambda router: rows.remove(router, OWNER, HALF[kind], kept))
        assert emulated.control.export() == before
        rows.remove(run(), OWNER, HALF[kind], kept)
        assert emulated.control.export() == before

    everywhere(emulated, cut_at)


@TAKING
@pytest.mark.parametrize("nth", range(1, 12))
def test_a_destroy_that_died_does_not_keep_an_up_from_taking_over_again(
    emulated: EmulatedRouter, run: Run, before: str, kind: str, nth: int
) -> None:
    kept = rows.settle(run(), OWNER, HALF[kind], None)
    router = run()
    assert router.version
    emulated.control.cut("executed", nth)
    try:
        rows.remove(router, OWNER, HALF[kind], kept)
    except ConnectionCut:
        emulated.control.heal()
        seen = rows.read(run(), HALF[kind], kept)
        kept = rows.settle(run(), OWNER, HALF[kind], seen.kept, claims=False)
        assert len(rows.read(run(), HALF[kind], kept).rows) == len(HALF[kind].rows)
        rows.remove(run(), OWNER, HALF[kind], kept)
    assert emulated.control.export() == before


@TAKING
@pytest.mark.parametrize("looked", [False, True], ids=["destroyed at once", "refreshed first"])
def test_rows_of_an_update_that_was_cut_are_ours(
    emulated: EmulatedRouter, run: Run, before: str, kind: str, *, looked: bool
) -> None:
    kept = rows.settle(run(), OWNER, HALF[kind], None)
    cut_update(emulated, run, WHOLE[kind], kept)
    if looked:
        seen = rows.read(run(), HALF[kind], kept)
        assert len(seen.rows) > len(HALF[kind].rows)
        kept = seen.kept
    rows.remove(run(), OWNER, HALF[kind], kept)
    assert emulated.control.export() == before


@TAKING
def test_an_update_that_was_cut_can_be_taken_back(emulated: EmulatedRouter, run: Run, before: str, kind: str) -> None:
    kept = rows.settle(run(), OWNER, HALF[kind], None)
    cut_update(emulated, run, WHOLE[kind], kept)
    kept = rows.settle(run(), OWNER, HALF[kind], rows.read(run(), HALF[kind], kept).kept, claims=False)
    assert len(rows.read(run(), HALF[kind], kept).rows) == len(HALF[kind].rows)
    rows.remove(run(), OWNER, HALF[kind], kept)
    assert emulated.control.export() == before


@pytest.mark.usefixtures("before")
def test_a_copy_made_by_hand_is_none_of_ours_while_a_note_stands(emulated: EmulatedRouter, run: Run) -> None:
    wanted = HALF["exclusive"]
    kept = rows.settle(run(), OWNER, wanted, None)
    first = emulated.control.execute(f"{FILTER}/print").rows[0][".id"]
    emulated.control.execute(f"{FILTER}/add", {"copy-from": first})
    seen = rows.read(run(), wanted, kept)
    assert (len(seen.rows), len(seen.kept.ids), len(seen.kept.foreign)) == (3, 2, 1)


def test_a_refresh_of_a_list_is_one_print(emulated: EmulatedRouter, run: Run) -> None:
    wanted = Rows(menu(FILTER), "input", ports(22, 80), MARK)
    kept = rows.settle(run(), OWNER, wanted, None)
    router = run()
    assert router.version
    emulated.control.reset_counters()
    rows.read(router, wanted, kept)
    assert emulated.control.counters()["paths"] == {f"{FILTER}/print": 1}
