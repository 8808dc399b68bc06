"""What the kernel does with links of its own accord does not undo what was declared, nor shows as a mistake of ours."""

from __future__ import annotations

from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from tests.support.linux import ip

MARK = "u-7f3a-9c01d2e4"


def link(netns: str, kind: str, name: str, **props: Any) -> dict[str, Any]:
    return {"kind": f"link/{kind}", "mark": MARK, "props": {"name": name, "netns": netns, **props}}


def mtu(netns: str, name: str) -> int:
    return int(ip(netns, "-o", "link", "show", name).split(" mtu ")[1].split()[0])


def test_a_link_may_be_too_small_for_ipv6_and_grow_again(host: Host, netns: str) -> None:
    for size in (1200, 1500, 68, 1280):
        (made,) = calls.put(host, [link(netns, "tap", "t0", mtu=size, addrgenmode="none")])["objects"]
        assert made["actual"]["mtu"] == size
        assert made["actual"]["addrgenmode"] == ("none" if size >= 1280 else "")
    ip(netns, "link", "set", "t0", "mtu", "1200")
    (mended,) = calls.put(host, [link(netns, "tap", "t0", mtu=1500, addrgenmode="none")])["objects"]
    assert (mended["actual"]["mtu"], mended["actual"]["addrgenmode"]) == (1500, "none")


@pytest.mark.parametrize("size", [1400, 1500, 68])
def test_a_bridges_mtu_stays_when_a_port_of_another_joins(host: Host, netns: str, size: int) -> None:
    calls.put(host, [link(netns, "bridge", "br0", mtu=size)])
    ip(netns, "link", "add", "p0", "mtu", "1450", "type", "veth", "peer", "name", "p1")
    ip(netns, "link", "set", "p0", "master", "br0")
    assert mtu(netns, "br0") == size


def test_a_pair_whose_names_are_taken_is_told_of_the_name(host: Host, netns: str) -> None:
    ip(netns, "link", "add", "there", "type", "bridge")
    for peer in ("there", "v0"):
        with pytest.raises(Refused, match=f"link/veth v0: peer: there is a link '{peer}' already"):
            calls.put(host, [link(netns, "veth", "v0", peer=peer, peer_netns=netns)])


def test_an_ipv6_address_has_no_metric_that_nobody_gave(host: Host, netns: str) -> None:
    calls.put(host, [link(netns, "tap", "t0")])
    entry = {"kind": "address", "mark": "u-7f3a-9c01d2e5", "props": {"dev": "t0", "netns": netns, "nodad": True}}
    entry["props"]["address"] = "2001:db8::7/64"  # type: ignore[index]
    calls.put(host, [entry])
    assert "metric" not in ip(netns, "-6", "addr", "show", "dev", "t0")
