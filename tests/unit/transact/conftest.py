"""An emulated router, and runs that change it without Pulumi."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from isthmus.devices import RouterOSDevice
from isthmus.devices.parse import parse_device
from isthmus.transact.router import Router
from isthmus.transports.routeros import Pool
from isthmus_lab import EmulatedRouter
from tests.support.deployment import PASSWORD, USER

Run = Callable[[], Router]


@pytest.fixture
def emulated() -> Iterator[EmulatedRouter]:
    """A router with a user of ours."""
    with EmulatedRouter("seattle", "7.16") as router:
        router.control.execute("/user/add", {"name": USER, "group": "full", "password": PASSWORD})
        yield router


@pytest.fixture
def run(emulated: EmulatedRouter, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Return what starts a run: the router as a new process sees it."""
    monkeypatch.setenv("ROUTER_PASSWORD", PASSWORD)
    pools: list[Pool] = []

    def start() -> Router:
        pools.append(Pool())
        return Router(_device(emulated), pools[-1], {})

    yield start
    for pool in pools:
        pool.close()


def _device(emulated: EmulatedRouter) -> RouterOSDevice:
    written = {
        "host": emulated.host,
        "port": emulated.api_port,
        "user": USER,
        "password": {"env": "ROUTER_PASSWORD"},
        "tls": "off",
    }
    device = parse_device("seattle", written, folder=Path(), source="test")
    assert isinstance(device, RouterOSDevice)
    return device
