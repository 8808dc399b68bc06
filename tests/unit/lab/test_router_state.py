"""Saving, loading and exporting the configuration, and hearing of its changes."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from isthmus_lab.routeros.command import Command, Trap
from isthmus_lab.routeros.router import Router
from tests.support.console import Console, Row

RULES = "/ip/firewall/filter"
EXPORT = r"""/ip address
add address=192.168.88.1/24 interface=ether2
/ip firewall filter
add chain=input comment="say \"hello\"" action=drop
/ip ipsec identity
add peer=boise secret="very secret indeed"
/ip ipsec peer
add address=87.16.79.2/32 name=boise
/ip ipsec profile
set [ find default=yes ] lifetime=8h name=default
/system identity
set name=seattle
"""
VERSIONS = ["6.49.7", "7.12", "7.16", "7.20", "7.22", "7.24"]


def configured(version: str = "7.16") -> Console:
    console = Console(version)
    console.add(RULES, chain="input", comment='say "hello"', action="drop")
    console.add("/ip/address", address="192.168.88.1/24", interface="ether2")
    console.add("/ip/ipsec/peer", name="boise", address="87.16.79.2")
    console.add("/ip/ipsec/identity", peer="boise", secret="very secret indeed")
    console.run("/ip/ipsec/profile/set", numbers="default", lifetime="8h")
    console.run("/system/identity/set", name="seattle")
    return console


@pytest.mark.parametrize("version", VERSIONS)
def test_a_fresh_router_exports_nothing(version: str) -> None:
    assert Router("seattle", version).export() == ""


def test_an_export_holds_what_was_configured() -> None:
    assert configured().router.export() == EXPORT


@pytest.mark.parametrize("version", VERSIONS)
def test_an_export_is_as_before_when_all_is_undone(version: str) -> None:
    console = configured(version)
    for path in (RULES, "/ip/address", "/ip/ipsec/identity", "/ip/ipsec/peer"):
        console.run(f"{path}/remove", numbers=console.row(path)[".id"])
    console.run("/ip/ipsec/profile/set", numbers="default", lifetime="1d")
    console.run("/system/identity/set", name="MikroTik")
    assert console.router.export() == ""


def test_an_export_shows_another_order() -> None:
    exports = []
    for names in ("ab", "ba"):
        console = Console()
        for name in names:
            console.add(RULES, chain="input", comment=name)
        exports.append(console.router.export())
    assert exports[0] != exports[1]


def test_an_export_does_not_depend_on_how_it_came_about() -> None:
    straight, winding = Console(), Console()
    straight.add(RULES, chain="input", comment="a")
    straight.add(RULES, chain="input", comment="b")
    winding.add(RULES, chain="input", comment="x")
    winding.run(f"{RULES}/remove", numbers="*1")
    winding.add(RULES, chain="input", comment="b", disabled="yes", src_address="10.0.0.1")
    winding.add(RULES, chain="input", comment="a", place_before="*2")
    winding.give(f"{RULES}/set", {"numbers": "*2", "disabled": "no", "!src-address": ""})
    assert straight.router.export() == winding.router.export()


def test_the_export_says_what_names_something_that_is_gone() -> None:
    console = Console()
    console.add("/interface/bridge", name="lan")
    console.add(RULES, chain="input", in_interface="lan")
    console.run("/interface/bridge/remove", numbers="lan")
    assert "in-interface=(gone)" in console.router.export()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_saved_router_comes_back_as_it_was(version: str, tmp_path: Path) -> None:
    console, file = configured(version), tmp_path / "state.json"
    console.router.save(file)
    loaded = Router("seattle", version, state=file)
    assert loaded.export() == console.router.export()
    path = Command("/ip/route/print")
    assert loaded.execute(console.user, path) == console.router.execute(console.user, path)


def test_a_saved_router_never_gives_an_id_again(tmp_path: Path) -> None:
    console, file = configured(), tmp_path / "state.json"
    console.run(f"{RULES}/remove", numbers="*1")
    console.router.save(file)
    again = Console(router=Router("seattle", state=file))
    assert again.add(RULES, chain="input") == "*2"


def test_only_the_owner_reads_a_saved_state(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    configured().router.save(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["version"] == "7.16"


def test_a_newer_version_takes_over_what_it_knows(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    old = Console("6.49.7")
    old.add("/ip/route", dst_address="10.0.0.0/8", gateway="ether1", routing_mark="m")
    old.router.save(file)
    new = Console(router=Router("seattle", "7.16", state=file))
    assert "routing-mark" not in new.row("/ip/route")


@pytest.fixture
def heard() -> list[Row]:
    return []


@pytest.fixture
def listening(heard: list[Row]) -> Callable[[Console], Callable[[], None]]:
    return lambda console: console.router.subscribe("/ip/pool", lambda row: heard.append(dict(row)), console.user)


def test_every_change_is_heard_until_one_stops_listening(
    heard: list[Row], listening: Callable[[Console], Callable[[], None]]
) -> None:
    console = Console()
    stop = listening(console)
    console.add("/ip/pool", name="p", ranges="10.0.0.1")
    console.run("/ip/pool/set", numbers="p", comment="x")
    console.run("/ip/pool/remove", numbers="p")
    stop()
    console.add("/ip/pool", name="q", ranges="10.0.0.1")
    assert heard == [
        {".id": "*1", "name": "p", "ranges": "10.0.0.1"},
        {".id": "*1", "name": "p", "ranges": "10.0.0.1", "comment": "x"},
        {".id": "*1", ".dead": "true"},
    ]


def test_a_secret_is_heard_only_by_who_may_see_it(heard: list[Row]) -> None:
    console = Console()
    console.add("/ip/ipsec/peer", name="boise")
    console.router.subscribe("/ip/ipsec/identity", lambda row: heard.append(dict(row)))
    console.add("/ip/ipsec/identity", peer="boise", secret="very secret")
    assert ["secret" in row for row in heard] == [False]


def test_nobody_listens_to_a_menu_that_does_not_exist() -> None:
    with pytest.raises(Trap, match="no such command"):
        Router("seattle").subscribe("/nowhere", print)


def test_commands_of_many_clients_are_done_one_after_the_other() -> None:
    console = Console()
    with ThreadPoolExecutor(8) as clients:
        ids = list(clients.map(lambda _: console.add(RULES, chain="input"), range(200)))
    assert sorted(ids) == sorted(row[".id"] for row in console.rows(RULES))
    assert len(set(ids)) == 200
