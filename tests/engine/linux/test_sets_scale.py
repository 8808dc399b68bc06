"""Many objects on one host cost few round trips, whatever is done with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.linux import PROGRAM, ROUND_TRIPS, TUNNELS
from tests.support.deployment import Deployment
from tests.support.linux import ip
from tests.support.metered import Meter, meter


@pytest.fixture
def counting(project: Deployment, host: str, tmp_path: Path) -> Meter:
    counting = meter(tmp_path / "python")
    project.device("gw", {"kind": "linux", "connection": "local", "netns": host, "python": str(counting.python)})
    return counting


def test_two_hundred_tunnels_take_at_most_ten_round_trips(project: Deployment, host: str, counting: Meter) -> None:
    before = ip(host, "link")
    project.program(PROGRAM.format(tunnels=TUNNELS, changed=None))
    project.up()
    assert counting.round_trips <= ROUND_TRIPS
    assert ip(host, "route", "show", "proto", "200").count("\n") == TUNNELS

    counting.reset()
    project.unchanged("--refresh")
    assert sum("read" in request for request in counting.requests) == 3
    assert counting.round_trips <= ROUND_TRIPS

    counting.reset()
    project.program(PROGRAM.format(tunnels=TUNNELS, changed=7))
    project.up()
    assert counting.round_trips <= ROUND_TRIPS
    assert "mtu 1300" in ip(host, "link", "show", "t7")

    counting.reset()
    project.destroy()
    assert counting.round_trips <= ROUND_TRIPS
    assert ip(host, "link") == before
