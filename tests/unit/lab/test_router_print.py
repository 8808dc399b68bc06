"""``print``, ``getall``, ``get`` and ``find``."""

from __future__ import annotations

import pytest

from isthmus_lab.routeros.command import Command
from tests.support.console import Console

LIST = "/ip/firewall/address-list"


@pytest.fixture
def console() -> Console:
    console = Console()
    for number in range(1, 5):
        console.add(LIST, list="even" if number % 2 == 0 else "odd", address=f"10.0.0.{number}", comment=f"c{number}")
    console.run(f"{LIST}/disable", numbers="*4")
    return console


@pytest.mark.parametrize(
    ("queries", "ids"),
    [
        ([], ["*1", "*2", "*3", "*4"]),
        ([".id=*2"], ["*2"]),
        ([".id=*99"], []),
        ([".id=nonsense"], []),
        (["=comment=c3"], ["*3"]),
        (["list=even", "disabled=no"], ["*2"]),
        (["comment=c1", "comment=c2", "#|"], ["*1", "*2"]),
        (["comment=c1", "#!"], ["*2", "*3", "*4"]),
        (["-timeout"], ["*1", "*2", "*3", "*4"]),
    ],
)
def test_queries_choose_rows(console: Console, queries: list[str], ids: list[str]) -> None:
    assert [row[".id"] for row in console.rows(LIST, *queries)] == ids


def test_proplist_chooses_properties_and_leaves_a_row_that_has_none_of_them(console: Console) -> None:
    assert console.rows(LIST, ".id=*1", _proplist="comment,.id") == [{"comment": "c1", ".id": "*1"}]
    assert console.rows(LIST, ".id=*1", _proplist="timeout") == [{}]


def test_count_only_counts_what_the_queries_let_through(console: Console) -> None:
    assert console.run(f"{LIST}/print", count_only="") == "4"
    command = Command(f"{LIST}/print", {"count-only": ""}, ("list=odd",))
    assert console.router.execute(console.user, command).ret == "2"


def test_from_prints_the_named_rows(console: Console) -> None:
    assert [row["comment"] for row in console.rows(LIST, **{"from": "*3,*1"})] == ["c3", "c1"]


def test_getall_is_print(console: Console) -> None:
    assert len(console.router.execute(console.user, Command(f"{LIST}/getall")).rows) == 4


def test_find_gives_ids(console: Console) -> None:
    command = Command(f"{LIST}/find", {}, ("list=odd",))
    assert console.router.execute(console.user, command).ret == "*1;*3"


def test_get_gives_one_property(console: Console) -> None:
    assert console.run(f"{LIST}/get", number="*2", value_name="address") == "10.0.0.2"
    assert console.run("/system/identity/get", value_name="name") == "MikroTik"


def test_an_unknown_parameter_of_print_is_refused(console: Console) -> None:
    assert console.refusal(f"{LIST}/print", prettily="") == "unknown parameter prettily"


@pytest.mark.parametrize(
    ("path", "message", "following"),
    [
        ("/ip/address/dance", "no such command", None),
        ("/ip/address", "no such command", None),
        ("/ip/fishing/print", "no such command or directory (fishing)", "no such command prefix"),
        ("/nowhere/at/all", "no such command or directory (nowhere)", "no such command prefix"),
    ],
)
def test_what_does_not_exist_is_said_to(console: Console, path: str, message: str, following: str | None) -> None:
    trap = console.trap(path)
    assert (trap.message, trap.category) == (message, 0)
    assert (trap.following.message if trap.following else None) == following


@pytest.mark.parametrize(
    ("version", "present", "absent"),
    [
        ("6.49.7", "/ip/route/rule/print", "/routing/table/print"),
        ("7.16", "/routing/table/print", "/ip/route/rule/print"),
    ],
)
def test_a_version_has_its_own_menus(version: str, present: str, absent: str) -> None:
    console = Console(version)
    console.run(present)
    assert console.trap(absent).message.startswith("no such command")


def test_the_view_of_interfaces_shows_all_of_them_with_their_kind(console: Console) -> None:
    console.add("/interface/bridge", name="lan")
    kinds = {row["name"]: row["type"] for row in console.rows("/interface")}
    assert kinds == {"lo": "loopback", **{f"ether{n}": "ether" for n in range(1, 6)}, "lan": "bridge"}


def test_bridge_ports_name_the_next_one() -> None:
    console = Console()
    console.add("/interface/bridge", name="lan")
    for interface in ("ether2", "ether3"):
        console.add("/interface/bridge/port", bridge="lan", interface=interface)
    assert [row[".nextid"] for row in console.rows("/interface/bridge/port")] == ["*2", "*FFFFFFFF"]


def test_the_router_tells_its_version_and_the_time() -> None:
    console = Console("7.20.8")
    assert console.row("/system/resource")["version"] == "7.20.8 (stable)"
    before = console.row("/system/clock")["date"]
    console.router.advance(2 * 24 * 3600)
    assert console.row("/system/clock")["date"] > before


def test_dates_have_the_spelling_of_the_version() -> None:
    assert "/" in Console("6.49.7").row("/system/clock")["date"]
