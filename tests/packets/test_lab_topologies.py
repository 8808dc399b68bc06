"""The topologies that come with the lab stand, and are what their deployments start from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from isthmus_lab import Lab
from isthmus_lab.topology import shipped
from tests.support.labs import skip_unless_it_stands, ssh, standing
from tests.support.waiting import wait_until


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))


@pytest.fixture
def bridged() -> Iterator[Lab]:
    lab = Lab.from_file(shipped("bridged-ipv6"))
    skip_unless_it_stands(lab.topology)
    with lab:
        yield lab


def test_bridged_ipv6_has_a_server_with_ipv6_and_a_client_without(bridged: Lab) -> None:
    server, client = bridged.host("server"), bridged.host("client")
    client.run(["ping", "-c", "1", "-W", "5", "203.0.113.5"])
    server.run(["ping", "-c", "1", "-W", "5", "2001:db8:ffff::1"])
    assert client.run(["ip", "-6", "route", "show", "default"]).stdout == ""
    assert client.run(["ip", "-6", "address", "show", "scope", "global"]).stdout == ""


def test_bridged_ipv6_announces_the_network_on_the_link_of_the_server(bridged: Lab) -> None:
    show = ["ip", "-json", "-6", "address", "show", "dev", "eth0", "scope", "global", "dynamic"]

    def announced() -> list[str]:
        cards = json.loads(bridged.host("server").run(show).stdout)
        return [address["local"] for card in cards for address in card.get("addr_info", ()) if address]

    wait_until(lambda: bool(announced()), 30)
    assert announced()[0].startswith("2001:db8:3651:55:")
    routes = bridged.host("server").run(["ip", "-6", "route", "show", "default", "proto", "ra"]).stdout
    assert routes.startswith("default via fe80::1 dev eth0")


def test_bridged_ipv6_logs_in_over_the_port_that_goes_under_the_bridge(bridged: Lab) -> None:
    assert ssh(bridged, "server", "echo $SSH_CONNECTION").stdout.split()[2] == "203.0.113.5"


def test_route_based_mesh_joins_its_sites_by_ipv6_and_learns_their_networks(tmp_path: Path) -> None:
    # The tunnels that a deployment makes there take modules that the underlay does without.
    lines = shipped("route-based-mesh").read_text().splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("modules:"))
    with standing(tmp_path / "mesh.yaml", text) as lab:
        lab.host("V1-1").run(["ping", "-c", "1", "-W", "5", "2001:db8:3::2"])
        lab.host("V2-2").run(["ping", "-c", "1", "-W", "5", "192.168.2.1"])
        protocols = ["birdc", "-s", "/run/bird.ctl", "show", "ospf", "interface"]
        wait_until(lambda: "eth0" in lab.host("R3").run(protocols, check=False).stdout, 30)
