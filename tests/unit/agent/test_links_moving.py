"""Links are moved between network namespaces, and found again; their underlay stays where it is declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from tests.support.link_values import KEY, LEAST
from tests.support.linux import ip, namespace

MARK, OTHER = "u-7f3a-9c01d2e4", "u-7f3a-00000000"


@pytest.fixture
def private() -> Iterator[str]:
    with namespace("private") as name:
        yield name


def wanted(kind: str, netns: str, *, mark: str = MARK, **words: Any) -> dict[str, Any]:
    props = {"name": "t0", "netns": netns, "up": True, **LEAST.get(kind, {}), **words}
    return {"kind": kind, "mark": mark, "props": props}


def put(host: Host, *objects: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        answers: list[dict[str, Any]] = calls.put(host, list(objects))["objects"]
    except Refused as refused:
        if "has no module" in refused.reason:
            pytest.skip(refused.reason)
        raise
    return [answer["actual"] for answer in answers]


@pytest.mark.parametrize("kind", ["link/tap", "link/veth", "link/vxlan", "link/gre", "link/wireguard", "link/xfrm"])
def test_a_link_is_moved_with_its_properties_and_back(host: Host, netns: str, private: str, kind: str) -> None:
    told = {"link/tap": {}, "link/veth": {"peer_netns": netns}}.get(kind, {"link_netns": netns})
    (before,) = put(host, wanted(kind, netns, mtu=1300, **told))
    (there,) = put(host, wanted(kind, private, mtu=1300, **told))
    assert {**there, "netns": netns} == before
    assert there["up"]
    assert "t0" not in ip(netns, "link")
    (back,) = put(host, wanted(kind, netns, mtu=1300, **told))
    assert back == before
    calls.drop(host, [wanted(kind, netns)])
    assert "t0" not in ip(netns, "link") + ip(private, "link")


@pytest.mark.parametrize("kind", ["link/gre", "link/vti", "link/vti6", "link/xfrm", "link/ip6tnl", "link/vxlan"])
def test_a_tunnel_leaves_its_underlay_where_it_is_told(host: Host, netns: str, private: str, kind: str) -> None:
    (there,) = put(host, wanted(kind, private, link_netns=netns))
    assert (there["netns"], there["link_netns"]) == (private, netns)
    assert "t0" in ip(private, "link")
    assert "link-netns" in ip(private, "-d", "link", "show", "t0")
    calls.drop(host, [wanted(kind, private)])


def test_a_wireguard_link_remembers_where_its_packets_are(host: Host, netns: str, private: str) -> None:
    (there,) = put(host, wanted("link/wireguard", private, link_netns=netns, private_key=KEY))
    assert there["link_netns"] == netns
    assert calls.read(host, "link/wireguard", private)[0]["link_netns"] == netns


def test_a_link_on_another_comes_with_it_from_its_namespace(host: Host, netns: str, private: str) -> None:
    ip(netns, "link", "add", "under0", "type", "veth", "peer", "name", "far0")
    (there,) = put(host, wanted("link/macvlan", private, link="under0", link_netns=netns))
    assert (there["link"], there["link_netns"]) == ("under0", netns)


def test_the_other_end_of_a_pair_is_put_into_its_namespace_and_moved(host: Host, netns: str, private: str) -> None:
    (pair,) = put(host, wanted("link/veth", netns, peer="p0", peer_netns=private, peer_up=True))
    assert (pair["peer"], pair["peer_netns"]) == ("p0", private)
    assert "state UP" in ip(private, "link", "show", "p0")
    (pair,) = put(host, wanted("link/veth", netns, peer="p0", peer_netns=netns, peer_up=True))
    assert (pair["peer_netns"], pair["peer_up"]) == (netns, True)


def test_a_move_to_where_the_name_is_taken_is_refused_and_changes_nothing(host: Host, netns: str, private: str) -> None:
    ip(private, "link", "add", "t0", "type", "veth", "peer", "name", "other")
    put(host, wanted("link/tap", netns))
    with pytest.raises(Refused, match=r"link/tap t0: netns: the namespace .*-private has a link 't0' already"):
        put(host, wanted("link/tap", private))
    assert "t0" in ip(netns, "link")
    assert "t0" in ip(private, "link")


def test_a_namesake_in_another_namespace_is_another_link(host: Host, netns: str, private: str) -> None:
    put(host, wanted("link/tap", netns), wanted("link/tap", private, mark=OTHER))
    assert "t0" in ip(netns, "link")
    assert "t0" in ip(private, "link")
