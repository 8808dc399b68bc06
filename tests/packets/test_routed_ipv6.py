"""Clients elsewhere have addresses of a network behind the server, and packets to prove it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from isthmus_lab import Lab
from tests.support.deployment import Deployment
from tests.support.ipv6_lab import (
    INTERNET,
    UPSTREAM,
    Roamer,
    boot,
    configuration,
    ipv6_lab,
    output,
    project,
)
from tests.support.waiting import wait_until

SERVER = "2001:db8:3651:55::1"
ROUTED, ON_LINK = "2001:db8:3651:99::/64", "2001:db8:3651:55:1::/112"
PROGRAM = """
from isthmus_components import Ipv6Client, RoutedIpv6

clients = [Ipv6Client(name=name, address=address) for name, address in {clients}.items()]
ipv6 = RoutedIpv6("ipv6", device="server", remote="203.0.113.5", clients=clients, {options})
for name, profile in ipv6.profiles.items():
    pulumi.export(name, profile)
pulumi.export("mtu", ipv6.mtu)
"""
pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    with ipv6_lab(tmp_path, "routed") as lab:
        yield lab


@pytest.fixture
def deployment(lab: Lab, tmp_path: Path) -> Iterator[Deployment]:
    with project(lab, tmp_path / "project") as deployment:
        yield deployment


def test_a_routed_network_gives_addresses_of_choice_and_of_its_pool(lab: Lab, deployment: Deployment) -> None:
    lab.host("upstream").run(["ip", "-6", "route", "add", ROUTED, "via", SERVER])
    before = configuration(lab.host("server"))
    clients = {"phone": None, "desk": "2001:db8:3651:99::9/64"}
    deployment.program(PROGRAM.format(clients=clients, options=f'network="{ROUTED}"'))
    deployment.up()
    phone, desk = Roamer(lab.host("client"), "tun0"), Roamer(lab.host("desk"), "tun0")
    phone.connect(output(deployment, "phone"))
    desk.connect(output(deployment, "desk"))
    wait_until(lambda: bool(phone.addresses()) and bool(desk.addresses()), 60)
    assert desk.addresses() == ["2001:db8:3651:99::9"]
    assert phone.addresses() == ["2001:db8:3651:99::1000"]
    mtu = output(deployment, "mtu")
    for client in (phone, desk):
        client.wait_for(UPSTREAM)
        client.wait_for(INTERNET)
        client.wait_for(INTERNET, 60, "-s", str(mtu - 48), "-M", "do")
        assert f"mtu {mtu} " in client.node.run(["ip", "link", "show", "tun0"]).stdout
    phone.wait_for("2001:db8:3651:99::9")
    deployment.unchanged("--refresh")
    boot(lab.host("server"))
    phone.connect(output(deployment, "phone"))
    phone.wait_for(INTERNET)
    deployment.unchanged("--refresh")
    phone.disconnect()
    deployment.destroy()
    wait_until(lambda: configuration(lab.host("server"))["routes"] == before["routes"], 60)
    assert configuration(lab.host("server")) == before


def test_a_network_on_the_link_is_answered_for(lab: Lab, deployment: Deployment) -> None:
    clients = {"phone": "2001:db8:3651:55:1::9/112"}
    options = f'network="{ON_LINK}", uplink="ndp-proxy", proto="tcp"'
    deployment.program(PROGRAM.format(clients=clients, options=options))
    deployment.up()
    phone = Roamer(lab.host("client"), "tun0")
    phone.connect(output(deployment, "phone"))
    phone.wait_for(UPSTREAM)
    phone.wait_for(INTERNET)
    deployment.unchanged("--refresh")
