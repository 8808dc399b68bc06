"""Words that only make sense together are changed together: a router would refuse one without the other."""

from __future__ import annotations

from isthmus.declare import registry
from isthmus.engine import mark
from isthmus.engine.menu import Menu
from isthmus.transact import item, rows
from isthmus.transact.item import Item
from isthmus.transact.rows import Rows
from isthmus.transact.transaction import Owner
from isthmus_lab import EmulatedRouter
from tests.unit.transact.conftest import Run

MARK = mark.make("lab", "dev", "test", "together")
OWNER = Owner(MARK.stack, "us")
FILTER = "/ip/firewall/filter"
WEB = {"action": "accept", "protocol": "tcp", "src-port": "443", "tcp-flags": "syn", "comment": "one"}
DNS = {"action": "accept", "protocol": "udp", "dst-port": "53", "comment": "one"}
ANY = {"action": "accept", "comment": "one"}


def menu() -> Menu:
    found = registry.menu(FILTER)
    assert found is not None
    return found


def shown(emulated: EmulatedRouter) -> dict[str, str]:
    (row,) = emulated.control.execute(f"{FILTER}/print").rows
    return {name: row[name] for name in ("protocol", "src-port", "dst-port", "tcp-flags") if name in row}


def test_a_single_rule_loses_protocol_and_ports_together(emulated: EmulatedRouter, run: Run) -> None:
    rules = [Item(menu(), {"chain": "input", **words}, MARK) for words in (WEB, DNS, ANY)]
    kept = item.create(run(), OWNER, rules[0])
    kept = item.update(run(), OWNER, rules[1], rules[0], kept)
    assert shown(emulated) == {"protocol": "udp", "dst-port": "53"}
    item.update(run(), OWNER, rules[2], rules[1], kept)
    assert shown(emulated) == {}


def test_a_rule_of_a_list_loses_protocol_and_ports_together(emulated: EmulatedRouter, run: Run) -> None:
    kept = None
    for words in (WEB, DNS, ANY):
        kept = rows.settle(run(), OWNER, Rows(menu(), "input", [words], MARK), kept)
    assert shown(emulated) == {}
