"""Clients elsewhere are on the server's own link: they have addresses of its /64, and packets to prove it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from isthmus_lab import Lab
from tests.support.deployment import Deployment
from tests.support.ipv6_lab import (
    INTERNET,
    RECONNECTING,
    UPSTREAM,
    Roamer,
    boot,
    configuration,
    ipv6_lab,
    output,
    project,
)
from tests.support.waiting import wait_until

EXAMPLE = Path(__file__).parents[2] / "examples" / "bridged-ipv6"
NETWORK = "2001:db8:3651:55:"
BY_HAND = "2001:db8:3651:55::9"
pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def lab(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    """The lab, whose server is as the test asks."""
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    with ipv6_lab(tmp_path, "bridged", **getattr(request, "param", {})) as lab:
        yield lab


def announced(client: Roamer) -> str:
    """Wait for the address that a router's advertisement gives, and return it."""

    def here() -> list[str]:
        return [address for address in client.addresses("dynamic") if address.startswith(NETWORK)]

    wait_until(lambda: bool(here()), 60)
    return here()[0]


@pytest.mark.parametrize("lab", [{"whole": True}], ids=["whole"], indirect=True)
def test_the_example_brings_ipv6_lasts_over_a_reboot_and_goes_without_a_trace(lab: Lab, tmp_path: Path) -> None:
    server, client = lab.host("server"), Roamer(lab.host("client"))
    before = configuration(server)
    with project(lab, tmp_path / "project", EXAMPLE) as deployment:
        deployment.up()
        assert output(deployment, "bridge") == "br0"
        client.connect(output(deployment, "profile"))
        own = announced(client)
        client.wait_for(UPSTREAM, 60, "-I", own)
        client.wait_for(INTERNET, 60, "-I", own)
        assert_fits(lab, client, output(deployment, "mtu"))
        deployment.unchanged("--refresh")

        boot(server)
        client.wait_for(UPSTREAM, RECONNECTING, "-I", own)
        client.wait_for(INTERNET, 60, "-I", own)
        deployment.unchanged("--refresh")

        deployment.pulumi("config", "set", "address", f"{BY_HAND}/64", check=True)
        deployment.pulumi("config", "set", "router", UPSTREAM, check=True)
        assert "unchanged" in deployment.up().text
        client.connect(output(deployment, "profile"))
        wait_until(lambda: BY_HAND in client.addresses(), 60)
        client.wait_for(UPSTREAM, 60, "-I", BY_HAND)
        client.wait_for(INTERNET, 60, "-I", BY_HAND)
        client.disconnect()
        deployment.destroy()
    wait_until(lambda: configuration(server)["routes"] == before["routes"], 60)
    assert configuration(server) == before


PROGRAM = """
from isthmus_components import BridgedIpv6, Ipv6Client

desk = Ipv6Client(name="desk", address="2001:db8:3651:55::9/64", router="{router}" or None)
clients = [Ipv6Client(name="laptop"), desk]
ipv6 = BridgedIpv6("ipv6", device="server", remote="203.0.113.5", clients=clients[{which}], {options})
for name, profile in ipv6.profiles.items():
    pulumi.export(name, profile)
pulumi.export("mtu", ipv6.mtu)
"""


@pytest.fixture
def deployment(lab: Lab, tmp_path: Path) -> Iterator[Deployment]:
    with project(lab, tmp_path / "project") as deployment:
        yield deployment


def declare(deployment: Deployment, options: str, *, which: str = ":1", router: str = UPSTREAM) -> None:
    deployment.program(PROGRAM.format(options=options, which=which, router=router))


def test_two_clients_of_a_server_have_ipv6_and_reach_each_other(lab: Lab, deployment: Deployment) -> None:
    declare(deployment, 'mode="server"', which=":")
    deployment.up()
    laptop, desk = Roamer(lab.host("client")), Roamer(lab.host("desk"))
    laptop.connect(output(deployment, "laptop"))
    desk.connect(output(deployment, "desk"))
    wait_until(lambda: BY_HAND in desk.addresses(), 60)
    for client, own in ((laptop, announced(laptop)), (desk, BY_HAND)):
        client.wait_for(UPSTREAM, 60, "-I", own)
        client.wait_for(INTERNET, 60, "-I", own)
    laptop.wait_for(BY_HAND)
    deployment.unchanged("--refresh")


@pytest.mark.parametrize("options", ['mode="static-key"', 'proto="tcp"', 'mode="server", proto="tcp", listen=443'])
def test_other_ways_through_bring_ipv6_too(lab: Lab, deployment: Deployment, options: str) -> None:
    declare(deployment, options)
    deployment.up()
    client = Roamer(lab.host("client"))
    client.connect(output(deployment, "laptop"))
    own = announced(client)
    client.wait_for(UPSTREAM, 60, "-I", own)
    client.wait_for(INTERNET, 60, "-I", own)
    if "tcp" not in options:
        assert_fits(lab, client, output(deployment, "mtu"))
    deployment.unchanged("--refresh")


def assert_fits(lab: Lab, client: Roamer, mtu: int) -> None:
    """Fail unless packets up to the MTU, and no larger ones, pass where nothing may be split outside."""
    drop = "table ip pieces { chain on { type filter hook forward priority 0; ip frag-off & 0x3fff != 0 drop; }; }"
    lab.host("upstream").run(["nft", drop])
    headers = 40 + 8
    client.wait_for(UPSTREAM, 60, "-s", str(mtu - headers))
    assert not client.reaches(UPSTREAM, "-s", str(mtu - headers + 1))


ADVERTISED = {
    "interfaces": {"eth0": {"addresses": ["203.0.113.5/24"]}},
    "routes": [{"to": "default", "via": "203.0.113.1"}],
    "sysctls": {"net.ipv6.conf.all.forwarding": 1, "net.ipv6.conf.eth0.accept_ra": 2},
}
"""A server that routes, and has its own IPv6 by router advertisement only."""


@pytest.mark.parametrize("lab", [ADVERTISED], ids=["advertised"], indirect=True)
def test_a_server_with_ipv6_by_advertisement_keeps_it_on_the_bridge(lab: Lab, deployment: Deployment) -> None:
    server = Roamer(lab.host("server"), "eth0")
    before = announced(server)
    declare(deployment, "")
    deployment.up()
    assert announced(Roamer(server.node, "br0")) == before
    server.wait_for(INTERNET, 60, "-I", before)
    client = Roamer(lab.host("client"))
    client.connect(output(deployment, "laptop"))
    client.wait_for(INTERNET, 60, "-I", announced(client))
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert announced(server) == before
    server.wait_for(INTERNET, 60, "-I", before)


@pytest.mark.parametrize("uplink", ["ndp-proxy", "router"])
def test_where_the_provider_takes_no_foreign_frames_the_server_routes(
    lab: Lab, deployment: Deployment, uplink: str
) -> None:
    upstream = lab.host("upstream")
    if uplink == "router":
        upstream.run(["ip", "-6", "route", "add", f"{BY_HAND}/128", "via", "2001:db8:3651:55::1"])
    before = configuration(lab.host("server"))
    declare(deployment, f'uplink="{uplink}", network="2001:db8:3651:55::/64"', which="1:", router="")
    deployment.up()
    client = Roamer(lab.host("client"))
    client.connect(output(deployment, "desk"))
    client.wait_for(UPSTREAM, 60, "-I", BY_HAND)
    client.wait_for(INTERNET, 60, "-I", BY_HAND)
    assert upstream.run(["ping", "-c", "1", "-W", "5", BY_HAND]).returncode == 0
    deployment.unchanged("--refresh")
    boot(lab.host("server"))
    client.connect(output(deployment, "desk"))
    client.wait_for(INTERNET, 60, "-I", BY_HAND)
    deployment.destroy()
    wait_until(lambda: configuration(lab.host("server"))["routes"] == before["routes"], 60)
    assert configuration(lab.host("server")) == before
