"""A bridge takes a port over with all that is on it, and gives everything back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from tests.support.linux import ip, namespace

MARK = "u-7f3a-9c01d2e4"


@pytest.fixture(autouse=True)
def port(netns: str) -> Iterator[str]:
    """A port with addresses and default routes, whose other end is a router in a namespace of its own."""
    with namespace("router") as router:
        ip(netns, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", router)
        for words in (
            ["link", "set", "eth0", "address", "02:00:00:00:00:05", "mtu", "1480", "up"],
            ["addr", "add", "203.0.113.5/24", "dev", "eth0"],
            ["addr", "add", "2001:db8:1::5/64", "dev", "eth0", "nodad"],
            ["route", "add", "default", "via", "203.0.113.1", "metric", "50"],
            ["route", "add", "198.51.100.0/24", "via", "203.0.113.9"],
            ["route", "add", "default", "via", "2001:db8:1::1"],
        ):
            ip(netns, *words)
        ip(router, "link", "set", "eth0", "up")
        ip(router, "addr", "add", "203.0.113.1/24", "dev", "eth0")
        yield router


def takeover(netns: str, **props: Any) -> dict[str, Any]:
    return {"kind": "takeover", "mark": MARK, "props": {"name": "br0", "port": "eth0", "netns": netns, **props}}


def configuration(netns: str) -> list[str]:
    """Return links' names, MAC addresses and MTUs, global addresses and routes, without what differs by itself."""
    links = [line.split(" qdisc")[0].split(": ", 1)[1] for line in ip(netns, "-o", "link").splitlines()]
    addresses = [
        " ".join(line.split()[1:4]) for line in ip(netns, "-o", "addr", "show", "scope", "global").splitlines()
    ]
    return [*sorted(links), *sorted(addresses), *ip(netns, "route").splitlines(), *routes6(netns)]


def routes6(netns: str) -> list[str]:
    return [line.split(" pref")[0] for line in ip(netns, "-6", "route").splitlines() if "fe80" not in line]


def test_addresses_and_routes_move_up_and_come_back(host: Host, netns: str) -> None:
    before = configuration(netns)
    answer = calls.put(host, [takeover(netns)])
    actual = answer["objects"][0]["actual"]
    assert actual["addresses"] == ["2001:db8:1::5/64", "203.0.113.5/24"]
    assert actual["address"] == "02:00:00:00:00:05"
    assert actual["mtu"] == 1480
    assert "203.0.113.5/24" in ip(netns, "addr", "show", "br0")
    assert "inet" not in ip(netns, "-4", "addr", "show", "eth0")
    assert "default via 203.0.113.1 dev br0 metric 50" in " ".join(ip(netns, "route").split())
    assert "default via 2001:db8:1::1 dev br0" in ip(netns, "-6", "route")
    assert "master br0" in ip(netns, "link", "show", "eth0")
    calls.drop(host, [takeover(netns)])
    assert configuration(netns) == before


@pytest.fixture
def odd_routes(netns: str) -> None:
    """Routes of the kinds that providers and people use besides the plain one."""
    ip(netns, "addr", "add", "192.0.2.7/32", "dev", "eth0")
    ip(netns, "link", "add", "eth01", "type", "veth", "peer", "name", "away")
    ip(netns, "link", "set", "eth01", "up")
    ip(netns, "link", "set", "away", "up")
    ip(netns, "addr", "add", "198.18.0.1/24", "dev", "eth01")
    several = ["nexthop", "via", "203.0.113.1", "weight", "200", "nexthop", "via", "203.0.113.2"]
    other = ["nexthop", "via", "198.18.0.9", "dev", "eth01", "weight", "3", "nexthop", "via", "203.0.113.1"]
    for words in (
        ["default", *several],
        ["192.0.2.128/25", "dev", "eth0", "via", "172.31.1.1", "onlink", "hoplimit", "9", "initcwnd", "20"],
        ["198.51.100.64/26", *other],
        ["198.51.100.128/26", "via", "203.0.113.1", "mtu", "lock", "1400", "src", "203.0.113.5"],
        ["2001:db8:9::/48", "nexthop", "via", "2001:db8:1::1", "nexthop", "via", "2001:db8:1::2"],
    ):
        ip(netns, "route", "add", *words)


@pytest.mark.usefixtures("odd_routes")
def test_routes_of_several_hops_and_over_gateways_off_the_link_move_up_and_come_back(host: Host, netns: str) -> None:
    before = configuration(netns)
    calls.put(host, [takeover(netns)])
    moved = ip(netns, "route")
    assert "nexthop via 203.0.113.1 dev br0 weight 200" in moved
    assert "192.0.2.128/25 via 172.31.1.1 dev br0 onlink hoplimit 9 initcwnd 20" in " ".join(moved.split())
    assert "dev eth01 weight 3" in moved
    assert "dev eth0 " not in moved
    calls.drop(host, [takeover(netns)])
    assert configuration(netns) == before


@pytest.mark.usefixtures("odd_routes")
def test_such_routes_are_put_back_by_an_undo_and_at_a_boot(
    host: Host, netns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from isthmus_agent.restore import restore

    before = configuration(netns)
    with monkeypatch.context() as patched:
        patched.setattr("isthmus_agent.kinds.takeover.advertised.routers", _refuse_at("br0"))
        patched.setattr("isthmus_agent.kinds.takeover.advertised.PATIENCE", 0)
        with pytest.raises(Refused, match="no router has advertised itself to br0"):
            calls.put(host, [takeover(netns)])
    assert configuration(netns) == before
    calls.put(host, [takeover(netns)])
    after = configuration(netns)
    ip(netns, "link", "del", "br0")
    restore(host)
    assert configuration(netns) == after


def test_a_route_that_went_shows_and_is_put_back(host: Host, netns: str) -> None:
    ip(netns, "route", "replace", "default", "via", "172.31.1.1", "dev", "eth0", "onlink", "metric", "50")
    (made,) = calls.put(host, [takeover(netns)])["objects"]
    assert "0.0.0.0/0 via 172.31.1.1 table main metric 50 proto boot scope global onlink" in made["actual"]["routes"]
    ip(netns, "route", "del", "default")
    (seen,) = calls.put(host, [takeover(netns, routes=made["actual"]["routes"])])["objects"]
    assert seen["actual"]["routes"] == made["actual"]["routes"]


def test_a_second_look_finds_nothing_to_do(host: Host, netns: str) -> None:
    calls.put(host, [takeover(netns)])
    before = configuration(netns)
    calls.put(host, [takeover(netns)])
    assert configuration(netns) == before


def test_the_mac_address_stays_when_a_lower_one_joins(host: Host, netns: str) -> None:
    calls.put(host, [takeover(netns)])
    ip(netns, "link", "add", "lower", "address", "02:00:00:00:00:01", "type", "veth", "peer", "name", "other")
    ip(netns, "link", "set", "lower", "master", "br0")
    assert "02:00:00:00:00:05" in ip(netns, "link", "show", "br0")


def test_what_was_recorded_is_put_there_at_boot(host: Host, netns: str) -> None:
    from isthmus_agent.restore import restore

    calls.put(host, [takeover(netns)])
    after = configuration(netns)
    ip(netns, "link", "del", "br0")
    restore(host)
    assert configuration(netns) == after


def test_a_port_that_is_none_or_another_bridges_is_refused(host: Host, netns: str) -> None:
    with pytest.raises(Refused, match="takeover br0: port: there is no link 'eth9'"):
        calls.put(host, [takeover(netns, port="eth9")])
    ip(netns, "link", "add", "br9", "type", "bridge")
    ip(netns, "link", "set", "eth0", "master", "br9")
    before = configuration(netns)
    with pytest.raises(Refused, match="port: eth0 is already under br9"):
        calls.put(host, [takeover(netns)])
    assert configuration(netns) == before


def test_a_takeover_that_fails_midway_is_taken_back(host: Host, netns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = configuration(netns)
    place = "isthmus_agent.kinds.takeover.advertised.routers"
    monkeypatch.setattr(place, _refuse_at("br0"))
    monkeypatch.setattr("isthmus_agent.kinds.takeover.advertised.PATIENCE", 0)
    with pytest.raises(Refused, match="no router has advertised itself to br0"):
        calls.put(host, [takeover(netns)])
    assert configuration(netns) == before


def _refuse_at(name: str) -> Callable[[Host, str, str], list[str]]:
    """Return a look for routers that finds one everywhere but on a link of that name."""
    return lambda _host, _netns, dev: [] if dev == name else ["fe80::1"]
