"""Addresses are answered for on a link, in both families, and no longer than asked."""

from __future__ import annotations

from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from tests.support.linux import ip

MARK = "u-7f3a-9c01d2e4"


@pytest.fixture(autouse=True)
def _link(netns: str) -> None:
    ip(netns, "link", "add", "eth0", "type", "veth", "peer", "name", "eth1")


def proxy(netns: str, address: str, **props: Any) -> dict[str, Any]:
    whole = {"netns": netns, "address": address, "dev": "eth0", **props}
    return {"kind": "neighbour-proxy", "mark": MARK, "props": whole}


def shown(netns: str) -> list[str]:
    lines = ip(netns, "neigh", "show", "proxy") + ip(netns, "-6", "neigh", "show", "proxy")
    return sorted({" ".join(line.split()) for line in lines.splitlines()})


@pytest.mark.parametrize("address", ["2001:db8::9", "192.0.2.9"])
def test_an_address_is_answered_for_until_it_is_dropped(host: Host, netns: str, address: str) -> None:
    each = proxy(netns, address)
    for _ in range(2):
        (answer,) = calls.put(host, [each])["objects"]
        assert answer["actual"].items() >= each["props"].items()
        assert shown(netns) == [f"{address} dev eth0 proxy"]
    calls.drop(host, [each])
    assert shown(netns) == []


def test_an_entry_of_somebody_else_is_not_taken_over_unasked(host: Host, netns: str) -> None:
    ip(netns, "neigh", "add", "proxy", "2001:db8::9", "dev", "eth0")
    with pytest.raises(Refused, match="exists already and is nobody's"):
        calls.put(host, [proxy(netns, "2001:db8::9")])
    calls.put(host, [{**proxy(netns, "2001:db8::9"), "adopt": True}])
    calls.drop(host, [proxy(netns, "2001:db8::9")])
    assert shown(netns) == ["2001:db8::9 dev eth0 proxy"]


def test_what_is_no_proxy_is_not_listed(host: Host, netns: str) -> None:
    ip(netns, "link", "set", "eth0", "up")
    ip(netns, "neigh", "add", "2001:db8::7", "dev", "eth0", "lladdr", "02:00:00:00:00:07")
    assert calls.read(host, "neighbour-proxy", netns) == []


def test_a_link_that_is_not_there_is_named(host: Host, netns: str) -> None:
    with pytest.raises(Refused, match="eth7"):
        calls.put(host, [proxy(netns, "2001:db8::9", dev="eth7")])


def test_an_entry_that_went_with_its_link_is_gone(host: Host, netns: str) -> None:
    each = proxy(netns, "2001:db8::9")
    calls.put(host, [each])
    ip(netns, "link", "del", "eth0")
    calls.drop(host, [each])
