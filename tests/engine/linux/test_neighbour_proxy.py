"""Answers in the name of others come, drift and go with a program."""

from __future__ import annotations

from tests.support.deployment import Deployment
from tests.support.linux import ip

PROGRAM = 'linux.NeighbourProxy("desk", address="2001:DB8::9", dev="{dev}", device="gw")'


def shown(host: str) -> list[str]:
    return [" ".join(line.split()) for line in ip(host, "-6", "neigh", "show", "proxy").splitlines()]


def test_an_address_is_answered_for_where_it_is_declared_and_no_longer(project: Deployment, host: str) -> None:
    for name in ("eth0", "eth1"):
        ip(host, "link", "add", name, "type", "veth", "peer", "name", f"{name}-peer")
    project.program(PROGRAM.format(dev="eth0"))
    project.up()
    project.unchanged("--refresh")
    assert shown(host) == ["2001:db8::9 dev eth0 proxy"]
    ip(host, "neigh", "del", "proxy", "2001:db8::9", "dev", "eth0")
    project.up("--refresh")
    assert shown(host) == ["2001:db8::9 dev eth0 proxy"]
    project.program(PROGRAM.format(dev="eth1"))
    assert "replace" in project.preview().text
    project.up()
    assert shown(host) == ["2001:db8::9 dev eth1 proxy"]
    project.destroy()
    assert shown(host) == []


def test_what_is_no_address_is_refused_by_a_preview(project: Deployment) -> None:
    project.program('linux.NeighbourProxy("desk", address="2001:db8::/64", dev="eth0", device="gw")')
    outcome = project.preview(check=False)
    assert outcome.code != 0
    assert "gw: neighbour-proxy: address: expected an IP address such as 192.0.2.1" in outcome.text
