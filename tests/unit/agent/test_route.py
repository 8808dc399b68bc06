"""Routes are shown as they were put, replaced in one step, and never taken from the kernel or a daemon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds import route_names
from tests.support.linux import ip

MARK = "u-7f3a-9c01d2e4"
FOUR, SIX = "198.51.100.0/24", "2001:db8:1::/48"
VIA4, VIA6 = "192.0.2.2", "2001:db8::2"


@pytest.fixture(autouse=True)
def link(netns: str) -> None:
    ip(netns, "link", "add", "br0", "type", "bridge")
    ip(netns, "link", "set", "br0", "up")
    ip(netns, "addr", "add", "192.0.2.1/24", "dev", "br0")
    ip(netns, "addr", "add", "2001:db8::1/64", "dev", "br0", "nodad")


def wanted(netns: str, dst: str = FOUR, **props: Any) -> dict[str, Any]:
    return {"kind": "route", "mark": MARK, "props": {"dst": dst, "netns": netns, **props}}


def put(host: Host, each: dict[str, Any]) -> dict[str, Any]:
    (answer,) = calls.put(host, [each])["objects"]
    return dict(answer["actual"])


def routes(netns: str) -> str:
    """Return all routes of both families but those that the kernel makes, some of them when it pleases."""
    lines = ip(netns, "-N", "route", "show", "table", "all").splitlines()
    return "\n".join(line for line in lines if "proto 2 " not in line or FOUR in line)


ROUTES: list[tuple[str, dict[str, Any]]] = [
    (FOUR, {"via": VIA4}),
    (FOUR, {"dev": "br0", "scope": "link"}),
    (FOUR, {"via": VIA4, "src": "192.0.2.1", "metric": 50, "table": 100, "proto": "static"}),
    (FOUR, {"via": VIA4, "mtu": 1400, "mtu_lock": True, "advmss": 1360, "initcwnd": 20, "hoplimit": 9}),
    (FOUR, {"via": VIA4, "initrwnd": 30, "window": 10000, "tos": 16, "table": "local"}),
    (FOUR, {"via": "203.0.113.1", "dev": "br0", "onlink": True}),
    (FOUR, {"via": "fe80::1", "dev": "br0"}),
    (FOUR, {"nexthops": ["via 192.0.2.2 dev br0", "via 192.0.2.3 dev br0 weight 3"]}),
    (FOUR, {"nexthops": ["via 192.0.2.2 dev br0", "via fe80::1 dev br0 weight 2"]}),
    (FOUR, {"nexthops": ["via 192.0.2.2 dev br0", "via 203.0.113.1 dev br0 onlink"]}),
    ("0.0.0.0/0", {"via": VIA4, "metric": 10}),
    (SIX, {"via": VIA6}),
    (SIX, {"dev": "br0", "metric": 50, "table": 1000}),
    (SIX, {"via": VIA6, "dev": "br0", "src": "2001:db8::1", "mtu": 1400, "advmss": 1340, "hoplimit": 9}),
    (SIX, {"via": "2001:db8:99::1", "dev": "br0", "onlink": True}),
    (SIX, {"nexthops": ["via 2001:db8::2 dev br0", "via 2001:db8::3 dev br0 weight 3"]}),
    ("::/0", {"via": "fe80::1", "dev": "br0"}),
    ("0.0.0.0/0", {"type": "local", "dev": "lo", "table": 100}),
    *[(dst, {"type": kind}) for dst in (FOUR, SIX) for kind in ("blackhole", "unreachable", "prohibit", "throw")],
]


@pytest.mark.parametrize(("dst", "props"), ROUTES)
def test_a_route_is_shown_as_it_was_put_and_goes_again(host: Host, netns: str, dst: str, props: dict[str, Any]) -> None:
    before = routes(netns)
    each = wanted(netns, dst, **props)
    actual = put(host, each)
    assert each["props"].items() <= actual.items()
    assert put(host, each) == actual
    calls.drop(host, [each])
    assert routes(netns) == before


CHANGES: list[dict[str, Any]] = [
    {"via": "192.0.2.3"},
    {"via": "fe80::1", "dev": "br0"},
    {"via": "", "dev": "br0"},
    {"src": "192.0.2.1"},
    {"mtu": 1300},
    {"mtu": 1300, "mtu_lock": True},
    {"advmss": 1300},
    {"hoplimit": 3},
    {"initcwnd": 3},
    {"initrwnd": 3},
    {"window": 3000},
    {"onlink": True, "dev": "br0"},
    {"proto": "static"},
    {"type": "blackhole", "via": "", "dev": ""},
    {"nexthops": ["via 192.0.2.2 dev br0", "via 192.0.2.3 dev br0"], "via": "", "dev": ""},
]


@pytest.mark.parametrize("props", CHANGES)
def test_a_changed_property_is_put_back_and_forth(host: Host, netns: str, props: dict[str, Any]) -> None:
    plain = put(host, wanted(netns, via=VIA4))
    changed = put(host, {**wanted(netns), "props": {**plain, **props}})
    assert props.items() <= changed.items()
    assert put(host, {**wanted(netns), "props": plain}) == plain
    assert routes(netns).count(FOUR) == 1


@pytest.mark.parametrize(
    "props",
    [{"via": "2001:db8::3"}, {"mtu": 1300}, {"type": "blackhole", "via": "", "dev": ""}, {"src": "2001:db8::1"}],
)
def test_a_changed_property_of_ipv6_is_put_back_and_forth(host: Host, netns: str, props: dict[str, Any]) -> None:
    plain = put(host, wanted(netns, SIX, via=VIA6))
    changed = put(host, {**wanted(netns, SIX), "props": {**plain, **props}})
    assert props.items() <= changed.items()
    assert put(host, {**wanted(netns, SIX), "props": plain}) == plain
    assert routes(netns).count(SIX) == 1


def test_a_route_of_ours_shows_whose_it_is(host: Host, netns: str) -> None:
    put(host, wanted(netns, via=VIA4))
    assert FOUR in ip(netns, "route", "show", "proto", "200")


@pytest.mark.parametrize("proto", ["dhcp", "bird", "zebra", "static", "kernel"])
def test_a_route_of_somebody_else_is_taken_over_only_if_asked_and_comes_back(
    host: Host, netns: str, proto: str
) -> None:
    ip(netns, "route", "add", FOUR, "via", VIA4, "proto", proto, "mtu", "1400")
    before = routes(netns)
    with pytest.raises(Refused, match=rf"route {FOUR} table main: exists already and is nobody's"):
        put(host, wanted(netns, via="192.0.2.3"))
    assert routes(netns) == before
    put(host, {**wanted(netns, via="192.0.2.3"), "adopt": True})
    assert f"{FOUR} via 192.0.2.3" in ip(netns, "route", "show", "proto", proto)
    calls.drop(host, [wanted(netns)])
    assert routes(netns) == before


def test_routes_of_one_destination_are_told_apart_by_metric_and_table(host: Host, netns: str) -> None:
    ip(netns, "route", "add", FOUR, "via", VIA4, "metric", "5")
    ip(netns, "route", "add", FOUR, "via", VIA4, "table", "7")
    before = routes(netns)
    put(host, wanted(netns, via="192.0.2.3", metric=6, table=7))
    calls.drop(host, [wanted(netns, metric=6, table=7)])
    assert routes(netns) == before


def test_a_table_is_found_by_the_name_that_the_host_has_for_it(
    host: Host, netns: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tmp_path / "rt_tables"
    names.write_text("# comment\n100\tvpn\n0x65 other\n")
    (tmp_path / "rt_tables.d").mkdir()
    (tmp_path / "rt_tables.d" / "more.conf").write_text("102 third\n")
    monkeypatch.setattr(route_names, "_TABLES", (str(names),))
    assert put(host, wanted(netns, via=VIA4, table="vpn"))["table"] == 100
    assert route_names.table_of("other") == 101
    assert route_names.table_of("third") == 102
    with pytest.raises(Refused, match=r"route 198.51.100.0/24 table fourth: table: this host knows no routing table"):
        put(host, wanted(netns, via=VIA4, table="fourth"))


@pytest.mark.parametrize(
    ("props", "reason"),
    [
        (
            {"via": "203.0.113.9"},
            "via: the kernel refuses 203.0.113.9 .*: give this host an IPv4 address of its network",
        ),
        ({"via": VIA4, "src": "203.0.113.9"}, "src: 203.0.113.9 is no address of this host"),
        ({"dev": "gone0"}, "there is no link 'gone0'"),
        ({"nexthops": ["via 203.0.113.9", "via 203.0.113.8"]}, "nexthops: the kernel refuses a next hop"),
    ],
)
def test_what_the_kernel_refuses_is_explained(host: Host, netns: str, props: dict[str, Any], reason: str) -> None:
    before = routes(netns)
    with pytest.raises(Refused, match=rf"route {FOUR} table main: {reason}"):
        put(host, wanted(netns, **props))
    assert routes(netns) == before


def test_a_route_over_a_link_that_is_down_is_explained(host: Host, netns: str) -> None:
    ip(netns, "link", "set", "br0", "down")
    with pytest.raises(Refused, match="dev: br0 is down"):
        put(host, wanted(netns, dev="br0"))


def test_a_route_that_went_with_its_link_is_no_error_to_remove(host: Host, netns: str) -> None:
    put(host, wanted(netns, via=VIA4))
    ip(netns, "link", "del", "br0")
    calls.drop(host, [wanted(netns)])
    assert not host.base.exists()


def test_what_is_on_a_link_comes_back_when_the_link_was_made_anew(host: Host, netns: str) -> None:
    link = {"kind": "link/bridge", "mark": "u-7f3a-00000001", "props": {"name": "br1", "netns": netns, "up": True}}
    address = {"address": "203.0.113.1/24", "dev": "br1", "netns": netns}
    calls.put(host, [link, {"kind": "address", "mark": "u-7f3a-00000002", "props": address}])
    put(host, wanted(netns, via="203.0.113.2", dev="br1"))
    before = ip(netns, "route")
    calls.drop(host, [link])
    calls.put(host, [link])
    assert ip(netns, "route") == before
