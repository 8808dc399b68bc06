"""A device can be put down in a state without its secrets and be taken up again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from isthmus.devices import RouterOSDevice

PIN = "sha256/" + "A" * 43 + "="


def device(**fields: Any) -> RouterOSDevice:
    return RouterOSDevice.from_snapshot(
        {"name": "seattle", "host": "165.95.23.2", "user": "pulumi", "password": {"env": "P"}, **fields}
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"tls": "off", "port": 18728},
        {"tls": {"pin": PIN}, "unreachable": "forget"},
        {"tls": {"ca": "certs/ca.pem", "server_name": "seattle.test"}, "timeout": 2.5},
        {"password": {"command": ["pass", "show", "seattle"]}},
    ],
)
def test_a_snapshot_through_json_is_the_same_device(fields: dict[str, Any]) -> None:
    before = device(**fields)
    snapshot = json.loads(json.dumps(before.snapshot()))
    assert RouterOSDevice.from_snapshot(snapshot) == before
    assert snapshot["kind"] == "routeros"
    assert snapshot.items() >= fields.items()


def test_a_snapshot_keeps_no_folder_of_this_machine() -> None:
    there = RouterOSDevice.from_snapshot(device().snapshot(), folder=Path("/somewhere"))
    assert there.folder == Path("/somewhere")
    assert there.snapshot() == device().snapshot()


def test_numbers_may_come_back_as_floats() -> None:
    assert device(port=18728.0, timeout=5.0) == device(port=18728, timeout=5)


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({}, "165.95.23.2:8729"),
        ({"tls": "off"}, "165.95.23.2:8728"),
        ({"host": "2001:db8::1"}, "[2001:db8::1]:8729"),
        ({"host": "[2001:db8::1]", "port": 1}, "[2001:db8::1]:1"),
    ],
)
def test_the_address_has_the_port_that_is_dialled(fields: dict[str, Any], address: str) -> None:
    assert device(**fields).address == address


def test_tls_is_off_where_yaml_says_so() -> None:
    assert device(tls=False) == device(tls="off")
