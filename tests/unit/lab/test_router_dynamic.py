"""Rows that the router makes and takes away itself."""

from __future__ import annotations

import pytest

from tests.support.console import Console, Row

FILTER = "/ip/firewall/filter"


def connected(console: Console) -> list[Row]:
    return [row for row in console.rows("/ip/route") if row["dynamic"] == "true"]


@pytest.mark.parametrize("version", ["6.49.7", "7.16", "7.20"])
def test_an_address_brings_a_connected_route_and_takes_it_away(version: str) -> None:
    console = Console(version)
    address = console.add("/ip/address", address="192.168.88.1/24", interface="ether2")
    (route,) = connected(console)
    assert (route["dst-address"], route["gateway"], route["distance"]) == ("192.168.88.0/24", "ether2", "0")
    console.run("/ip/address/remove", numbers=address)
    assert connected(console) == []


def test_a_connected_route_looks_as_recorded_on_7_20() -> None:
    console = Console("7.20")
    console.add("/ip/address", address="172.16.77.2/30", interface="ether4")
    (route,) = connected(console)
    assert {name: value for name, value in route.items() if name != ".id"} == {
        "active": "true",
        "connect": "true",
        "distance": "0",
        "dst-address": "172.16.77.0/30",
        "dynamic": "true",
        "gateway": "ether4",
        "immediate-gw": "ether4",
        "inactive": "false",
        "local-address": "172.16.77.2%ether4",
        "routing-table": "main",
        "scope": "10",
        "target-scope": "5",
    }


def test_a_static_route_looks_as_recorded_on_7_20() -> None:
    console = Console("7.20")
    console.add("/ip/address", address="172.31.255.30/30", interface="ether1")
    console.add("/ip/route", dst_address="172.20.20.0/24", gateway="172.31.255.29")
    assert console.row("/ip/route", "static=true") == {
        ".id": "*80000001",
        "active": "true",
        "distance": "1",
        "dst-address": "172.20.20.0/24",
        "dynamic": "false",
        "gateway": "172.31.255.29",
        "immediate-gw": "172.31.255.29%ether1",
        "inactive": "false",
        "routing-table": "main",
        "scope": "30",
        "static": "true",
        "target-scope": "10",
    }


def test_a_route_follows_its_interface() -> None:
    console = Console()
    console.add("/ip/address", address="192.168.88.1/24", interface="ether2")
    console.run("/interface/ethernet/set", numbers="ether2", name="lan")
    assert [route["gateway"] for route in connected(console)] == ["lan"]
    console.run("/interface/disable", numbers="lan")
    assert connected(console) == []


def test_a_route_without_a_reachable_gateway_is_inactive() -> None:
    console = Console()
    console.add("/ip/route", dst_address="10.0.0.0/8", gateway="192.168.88.2")
    assert console.value("/ip/route", "inactive") == "true"
    console.add("/ip/address", address="192.168.88.1/24", interface="ether2")
    assert console.value("/ip/route", "inactive", "static=true") == "false"


def test_fasttrack_brings_dummy_rules_and_takes_them_away() -> None:
    console = Console()
    console.add(FILTER, chain="input", comment="mine")
    fasttrack = console.add(FILTER, chain="forward", action="fasttrack-connection")
    dummy = console.rows(FILTER)[0]
    assert (dummy["dynamic"], dummy["action"]) == ("true", "passthrough")
    assert console.rows("/ip/firewall/raw")[0]["dynamic"] == "true"
    refusal = console.refusal(f"{FILTER}/set", numbers=dummy[".id"], comment="x")
    assert refusal == "failure: can not change dynamic rule"
    console.run(f"{FILTER}/disable", numbers=fasttrack)
    assert [row["dynamic"] for row in console.rows(FILTER)] == ["false", "false"]


def test_an_entry_with_a_timeout_is_dynamic_and_leaves_when_it_is_over() -> None:
    console = Console()
    console.add("/ip/firewall/address-list", list="l", address="10.0.0.1", timeout="1h")
    console.router.advance(1800)
    row = console.row("/ip/firewall/address-list")
    assert (row["dynamic"], row["timeout"]) == ("true", "30m")
    console.router.advance(1800)
    assert console.rows("/ip/firewall/address-list") == []


def test_a_timeout_that_is_set_later_makes_an_entry_leave_too() -> None:
    console = Console()
    entry = console.add("/ip/firewall/address-list", list="l", address="10.0.0.1")
    console.run("/ip/firewall/address-list/set", numbers=entry, timeout="10s")
    console.router.advance(10)
    assert console.rows("/ip/firewall/address-list") == []


def test_a_dynamic_entry_can_be_removed_by_hand() -> None:
    console = Console()
    entry = console.add("/ip/firewall/address-list", list="l", address="10.0.0.1", timeout="1h")
    console.run("/ip/firewall/address-list/remove", numbers=entry)
    console.router.advance(3600)
    assert console.rows("/ip/firewall/address-list") == []


def test_dynamic_rows_are_no_configuration() -> None:
    console = Console()
    console.add("/ip/firewall/address-list", list="l", address="10.0.0.1", timeout="1h")
    assert console.router.export() == ""
