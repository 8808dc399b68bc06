"""A bridge port refuses the link that carries the SSH session, and names it."""

from __future__ import annotations

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.links import session
from isthmus_agent.wire import Wire
from tests.support.linux import ip

MARK = "u-7f3a-9c01d2e4"


@pytest.fixture
def routed(netns: str) -> str:
    """A namespace with a card, a VLAN's stand-in on it, and a card that nothing goes over."""
    for link in ("eth0", "eth1"):
        ip(netns, "link", "add", link, "up", "type", "veth", "peer", "name", f"{link}-far")
        ip(netns, "link", "set", f"{link}-far", "up")
    ip(netns, "link", "add", "link", "eth0", "name", "mac0", "up", "type", "macvlan")
    ip(netns, "addr", "add", "192.0.2.1/24", "dev", "eth0")
    ip(netns, "addr", "add", "198.51.100.1/24", "dev", "mac0")
    ip(netns, "link", "add", "br0", "type", "bridge")
    return netns


def test_the_link_with_the_servers_address_carries_the_session(host: Host, routed: str) -> None:
    assert session.carriers(host, "192.0.2.9", "192.0.2.1", routed) == {"eth0"}


def test_what_is_below_the_link_carries_the_session_too(host: Host, routed: str) -> None:
    assert session.carriers(host, "198.51.100.9", "198.51.100.1", routed) == {"mac0", "eth0"}


def test_the_link_towards_the_client_carries_the_session(host: Host, routed: str) -> None:
    assert session.carriers(host, "192.0.2.9", "203.0.113.1", routed) == {"eth0"}


def test_any_port_of_a_bridge_and_what_is_below_it_may_carry_the_session(host: Host, routed: str) -> None:
    ip(routed, "addr", "flush", "dev", "eth0")
    ip(routed, "link", "set", "mac0", "master", "br0")
    ip(routed, "link", "set", "eth1", "master", "br0")
    ip(routed, "link", "set", "br0", "up")
    ip(routed, "addr", "add", "203.0.113.5/24", "dev", "br0")
    ends = ("203.0.113.9", "203.0.113.5")
    assert session.carriers(host, *ends, routed) == {"br0"}
    assert session.carriers(host, *ends, routed, whole=True) == {"br0", "mac0", "eth0", "eth1"}


def test_what_a_tunnels_packets_leave_by_may_carry_the_session(host: Host, routed: str) -> None:
    ip(routed, "link", "add", "vx0", "up", "type", "vxlan", "id", "7", "remote", "192.0.2.77", "dstport", "4789")
    ip(routed, "tuntap", "add", "tun0", "mode", "tun")
    ip(routed, "link", "set", "tun0", "up")
    ip(routed, "addr", "add", "203.0.113.5/24", "dev", "vx0")
    ip(routed, "addr", "add", "203.0.114.5/24", "dev", "tun0")
    ip(routed, "route", "add", "default", "via", "198.51.100.9")
    assert session.carriers(host, "203.0.113.9", "203.0.113.5", routed) == {"vx0"}
    assert session.carriers(host, "203.0.113.9", "203.0.113.5", routed, whole=True) == {"vx0", "eth0"}
    assert session.carriers(host, "203.0.114.9", "203.0.114.5", routed, whole=True) >= {"tun0", "eth0"}


def test_a_port_that_carries_the_session_is_refused_by_name(
    tmp_path_factory: pytest.TempPathFactory, routed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = _as_device(tmp_path_factory, routed)
    monkeypatch.setenv(session.VARIABLE, "192.0.2.9 50000 192.0.2.1 22")
    refusal = r"bridge-port eth0: dev: carries this SSH session \(from 192.0.2.9 to 192.0.2.1\).*BridgeTakeover"
    with pytest.raises(Refused, match=refusal):
        calls.put(host, [_port("eth0")])
    assert "master" not in ip(routed, "link", "show", "eth0")
    calls.put(host, [_port("eth1")])
    assert "master br0" in ip(routed, "link", "show", "eth1")
    host.close()


def test_a_session_is_found_behind_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(session.VARIABLE, raising=False)
    monkeypatch.setattr(session, "_ancestors", lambda: iter(["self", "17"]))
    told = {"17": "2001:db8::9 1 2001:db8::1 22"}
    monkeypatch.setattr(session, "_variable", lambda process: told.get(process, ""))
    assert session.connection() == ("2001:db8::9", "2001:db8::1")


class _Inside(Host):
    """A host whose own namespace is one of this machine."""

    def route(self, netns: str = "") -> object:  # type: ignore[override]
        return super().route(netns or self.own)

    def wire(self, netns: str = "") -> Wire:
        return super().wire(netns or self.own)

    own = ""


def _as_device(folders: pytest.TempPathFactory, netns: str) -> Host:
    host = _Inside(home=folders.mktemp("home") / "isthmus")
    host.own = netns
    return host


def _port(dev: str) -> dict[str, object]:
    return {"kind": "bridge-port", "mark": MARK, "props": {"dev": dev, "bridge": "br0"}}
