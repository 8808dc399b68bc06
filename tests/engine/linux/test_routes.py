"""Routes on a Linux host, one resource each."""

from __future__ import annotations

import pytest

from tests.support.deployment import Deployment
from tests.support.linux import ip

NETWORK = [
    "link add br0 type bridge",
    "link set br0 up",
    "addr add 192.0.2.1/24 dev br0",
    "addr add 2001:db8::1/64 dev br0 nodad",
]


@pytest.fixture(autouse=True)
def network(host: str) -> None:
    for words in NETWORK:
        ip(host, *words.split())


def routes(host: str) -> list[str]:
    lines = ip(host, "-N", "route", "show", "table", "all").splitlines()
    return [line for line in lines if "proto 2 " not in line]


def declared(*arguments: str) -> str:
    return "\n".join(f"linux.Route('r{number}', device='gw', {words})" for number, words in enumerate(arguments))


def test_routes_come_change_in_place_drift_and_go(project: Deployment, host: str) -> None:
    ip(host, "route", "add", "203.0.113.0/24", "via", "192.0.2.9", "proto", "bird")
    before = routes(host)
    first = [
        "dst='198.51.100.0/24', via='192.0.2.2'",
        "dst='10.0.0.0/8', via='fe80::1', dev='br0', table=100, metric=5",
        "dst='2001:DB8:1::/48', nexthops=['via 2001:db8::2', {'via': '2001:DB8::3', 'weight': 2}]",
        "dst='0.0.0.0/0', type='unreachable', table=100, metric=4000000",
    ]
    project.program(declared(*first))
    project.up()
    assert "198.51.100.0/24 via 192.0.2.2 dev br0 proto 200" in ip(host, "route")
    assert "10.0.0.0/8 via inet6 fe80::1 dev br0 proto 200 metric 5" in ip(host, "route", "show", "table", "100")
    project.unchanged("--refresh")

    changed = [
        "dst='198.51.100.0/24', dev='br0', mtu=1400, mtu_lock=True, advmss=1360, src='192.0.2.1'",
        "dst='10.0.0.0/8', via='192.0.2.3', table=100, metric=5, proto='static'",
        "dst='2001:db8:1::/48', via='2001:db8::4', hoplimit=9",
        "dst='0.0.0.0/0', type='blackhole', table=100, metric=4000000",
    ]
    project.program(declared(*changed))
    assert "replace" not in project.up().text
    shown = ip(host, "route").replace("  ", " ")
    assert "198.51.100.0/24 dev br0 proto 200 scope link src 192.0.2.1 mtu lock 1400 advmss 1360" in shown
    project.unchanged("--refresh")
    built = routes(host)

    ip(host, "route", "change", "198.51.100.0/24", "dev", "br0", "proto", "200", "mtu", "1300")
    ip(host, "route", "del", "10.0.0.0/8", "table", "100")
    drift = project.preview("--refresh").text
    assert "mtu" in drift
    project.up("--refresh")
    assert routes(host) == built

    project.program(declared(*first))
    project.up()
    project.unchanged("--refresh")
    assert "198.51.100.0/24 via 192.0.2.2 dev br0 proto 200 \n" in ip(host, "route")
    project.destroy()
    assert routes(host) == before


def test_another_metric_or_table_makes_another_route(project: Deployment, host: str) -> None:
    project.program(declared("dst='198.51.100.0/24', via='192.0.2.2'"))
    project.up()
    project.program(declared("dst='198.51.100.0/24', via='192.0.2.2', metric=9, table=7"))
    assert "replace" in project.up().text
    assert ip(host, "route", "show", "198.51.100.0/24", "table", "main") == ""
    assert "metric 9" in ip(host, "route", "show", "table", "7")
    project.unchanged("--refresh")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("dst='default', dev='br0'", "'default' does not say of which family: write 0.0.0.0/0 or ::/0"),
        ("dst='10.0.0.1/8', dev='br0'", "10.0.0.1/8 has bits beyond its prefix: 10.0.0.0/8 is its network"),
        ("dst='10.0.0.0/8'", "route: via: a route needs via (a gateway), dev (a link), nexthops, or a type"),
        ("dst='2001:db8::/32', via='192.0.2.2'", "192.0.2.2 cannot lead to 2001:db8::/32"),
        ("dst='10.0.0.0/8', dev='br0', src='2001:db8::1'", "src: 2001:db8::1 is of another family than 10.0.0.0/8"),
        ("dst='10.0.0.0/8', type='blackhole', dev='br0'", "dev: a route of type blackhole leads nowhere"),
        ("dst='10.0.0.0/8', via='192.0.2.2', nexthops=['dev a', 'dev b']", "nexthops: via stands beside it"),
        ("dst='10.0.0.0/8', nexthops=['by a', 'dev b']", "a next hop has via, dev, weight and onlink, found 'by'"),
        ("dst='10.0.0.0/8', dev='br0', table=0", "table: expected a table's number 1..4294967295 or its name"),
        ("dst='10.0.0.0/8', via='192.0.2.2', onlink=True", "onlink: it says on which link a gateway is"),
    ],
)
def test_what_no_route_can_be_is_told_before_the_host_is_asked(
    project: Deployment, arguments: str, reason: str
) -> None:
    project.program(declared(arguments))
    outcome = project.preview(check=False)
    assert outcome.code != 0
    assert reason in outcome.text


def test_what_the_kernel_refuses_names_the_host_the_route_and_the_remedy(project: Deployment) -> None:
    project.program(declared("dst='10.0.0.0/8', via='203.0.113.1'"))
    refused = project.up(check=False)
    assert "gw: route 10.0.0.0/8 table main: via: the kernel refuses 203.0.113.1" in refused.text
    assert "give this host an IPv4 address of its network first" in refused.text
