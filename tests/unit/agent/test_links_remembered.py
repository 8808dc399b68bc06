"""A MAC address that the kernel chose by chance is the same after a boot."""

from __future__ import annotations

from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.host import Host
from isthmus_agent.restore import restore
from tests.support.linux import ip

MARK = "u-7f3a-9c01d2e4"


@pytest.mark.parametrize(("kind", "props"), [("tap", {}), ("veth", {"peer": "eth1"}), ("vxlan", {"vni": 7})])
def test_a_link_that_is_restored_has_its_mac_address_again(
    host: Host, netns: str, kind: str, props: dict[str, Any]
) -> None:
    link = {"kind": f"link/{kind}", "mark": MARK, "props": {"name": "eth0", "netns": netns, **props}}
    (answer,) = calls.put(host, [link])["objects"]
    ip(netns, "link", "del", "eth0")
    assert restore(host) == 0
    (found,) = [link for link in calls.read(host, f"link/{kind}", netns) if link["name"] == "eth0"]
    assert found["address"] == answer["actual"]["address"]


def test_a_mac_address_that_follows_another_link_is_not_kept(host: Host, netns: str) -> None:
    bridge = {"kind": "link/bridge", "mark": MARK, "props": {"name": "br0", "netns": netns}}
    calls.put(host, [bridge])
    ip(netns, "link", "del", "br0")
    restore(host)
    ip(netns, "link", "add", "eth0", "address", "02:00:00:00:00:01", "type", "veth", "peer", "name", "eth1")
    ip(netns, "link", "set", "eth0", "master", "br0")
    assert "02:00:00:00:00:01" in ip(netns, "link", "show", "br0")
