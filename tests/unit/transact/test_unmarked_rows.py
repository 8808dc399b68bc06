"""Rows of a list or a set whose mark somebody took away stay ours: the state has their ids, and what they said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from isthmus.declare import registry
from isthmus.engine import mark
from isthmus.engine.changes import Words
from isthmus.errors import DeviceError
from isthmus.transact import rows
from isthmus.transact.rows import Kept, Rows
from isthmus.transact.transaction import Owner
from isthmus_lab import EmulatedRouter
from tests.unit.transact.conftest import Run

MARK = mark.make("lab", "dev", "test", "unmarked")
OWNER = Owner(MARK.stack, "us")
NAT, ADDRESSES = "/ip/firewall/nat", "/ip/firewall/address-list"
INTERNET = {"action": "masquerade", "out-interface": "ether1", "comment": "Internet"}
BYPASS = {"src-address": "192.168.90.0/24", "comment": "Bypass"}
BOB = {"address": "10.0.0.5", "comment": "bob"}


def wanted(path: str, *declared: Words) -> Rows:
    menu = registry.menu(path)
    assert menu is not None
    return Rows(menu, "srcnat" if path == NAT else "blocked", declared, MARK)


def known(kept: Kept, *said: Words) -> Kept:
    """Return what the next run takes from the state: the ids, and what the rows said."""
    return Kept(kept.ids, kept.former, MARK, words=said)


def there(emulated: EmulatedRouter, path: str) -> Sequence[Words]:
    return [row for row in emulated.control.execute(f"{path}/print").rows if row.get("dynamic") != "true"]


def comment_by_hand(emulated: EmulatedRouter, path: str, old: str, new: str) -> None:
    (row,) = [row for row in there(emulated, path) if row["comment"].startswith(old)]
    emulated.control.execute(f"{path}/set", {".id": row[".id"], "comment": new})


@pytest.mark.parametrize("comment", ["Internet", "the line to the world", ""])
def test_a_rule_whose_mark_is_gone_is_ours_and_marked_again(emulated: EmulatedRouter, run: Run, comment: str) -> None:
    before = emulated.control.export()
    declared = wanted(NAT, BYPASS, INTERNET)
    kept = known(rows.settle(run(), OWNER, declared, None), BYPASS, INTERNET)
    made = there(emulated, NAT)
    comment_by_hand(emulated, NAT, "Internet", comment)

    seen = rows.read(run(), declared, kept)
    assert [words.get("comment", "") for words in seen.rows] == ["Bypass", comment]
    assert (seen.kept.foreign, seen.displaced) == ([], "")
    assert seen.unmarked == "our mark is gone from: action=masquerade out-interface=ether1"

    kept = rows.settle(run(), OWNER, declared, known(kept, *seen.rows))
    assert there(emulated, NAT) == made
    rows.remove(run(), OWNER, declared, known(kept, BYPASS, INTERNET))
    assert emulated.control.export() == before


def test_a_rule_whose_mark_is_gone_goes_with_the_others(emulated: EmulatedRouter, run: Run) -> None:
    before = emulated.control.export()
    declared = wanted(NAT, BYPASS, INTERNET)
    kept = rows.settle(run(), OWNER, declared, None)
    comment_by_hand(emulated, NAT, "Internet", "Internet")
    rows.remove(run(), OWNER, declared, known(kept, BYPASS, INTERNET))
    assert emulated.control.export() == before


def test_an_entry_whose_mark_is_gone_needs_no_adoption(emulated: EmulatedRouter, run: Run) -> None:
    before = emulated.control.export()
    declared = wanted(ADDRESSES, BOB)
    kept = known(rows.settle(run(), OWNER, declared, None), BOB)
    comment_by_hand(emulated, ADDRESSES, "bob", "Robert")
    kept = rows.settle(run(), OWNER, declared, kept)
    assert there(emulated, ADDRESSES)[0]["comment"] == f"bob [isthmus:{MARK}]"
    rows.remove(run(), OWNER, declared, known(kept, BOB))
    assert emulated.control.export() == before


def test_a_reset_router_that_gives_our_ids_to_other_rows_loses_none_of_them(emulated: EmulatedRouter, run: Run) -> None:
    declared = wanted(NAT, BYPASS, INTERNET)
    kept = known(rows.settle(run(), OWNER, declared, None), BYPASS, INTERNET)
    for row in there(emulated, NAT):
        words = {"comment": "Guests", "action": "src-nat", "to-addresses": "192.0.2.7", "!out-interface": ""}
        emulated.control.execute(f"{NAT}/set", {".id": row[".id"], **words})
    seen = rows.read(run(), declared, kept)
    assert (seen.rows, seen.kept.ids, len(seen.kept.foreign)) == ([], [], 2)
    rows.settle(run(), OWNER, declared, known(seen.kept))
    assert len(there(emulated, NAT)) == 4


def test_a_row_with_our_id_and_anothers_mark_is_not_ours(emulated: EmulatedRouter, run: Run) -> None:
    declared = wanted(ADDRESSES, BOB)
    kept = known(rows.settle(run(), OWNER, declared, None), BOB)
    theirs = mark.make("lab", "other", "test", "theirs")
    comment_by_hand(emulated, ADDRESSES, "bob", f"bob [isthmus:{theirs}]")
    assert rows.read(run(), declared, kept).rows == []
    with pytest.raises(DeviceError):
        rows.settle(run(), OWNER, declared, kept)
    rows.remove(run(), OWNER, declared, kept)
    assert there(emulated, ADDRESSES)[0]["comment"].endswith(f"[isthmus:{theirs}]")
