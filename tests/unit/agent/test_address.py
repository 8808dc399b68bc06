"""Addresses are shown as they were put, changed in place where the kernel can, and proved unique."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyroute2 import IPRoute

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.wire import Wire
from tests.support.linux import ip, namespace

MARK = "u-7f3a-9c01d2e4"
FOUR, SIX = "192.0.2.1/24", "2001:db8::1/64"


@pytest.fixture
def link(netns: str) -> Iterator[str]:
    """A link with a carrier; its other end is in another namespace."""
    with namespace("peer") as peer:
        ip(netns, "link", "add", "v0", "type", "veth", "peer", "name", "v0", "netns", peer)
        ip(netns, "link", "set", "v0", "up")
        ip(peer, "link", "set", "v0", "up")
        yield peer


def wanted(netns: str, address: str, **props: Any) -> dict[str, Any]:
    return {"kind": "address", "mark": MARK, "props": {"address": address, "dev": "v0", "netns": netns, **props}}


def put(host: Host, each: dict[str, Any]) -> dict[str, Any]:
    (answer,) = calls.put(host, [each])["objects"]
    return dict(answer["actual"])


@pytest.mark.usefixtures("link")
@pytest.mark.parametrize(
    ("address", "props"),
    [
        (FOUR, {"broadcast": "192.0.2.255", "scope": "link", "label": "v0:isthmus", "metric": 50}),
        (FOUR, {"noprefixroute": True}),
        (FOUR, {"preferred_lft": 0}),
        (FOUR, {"valid_lft": 5000, "preferred_lft": 4000}),
        ("192.0.2.1/32", {"peer": "192.0.2.2"}),
        (SIX, {"nodad": True, "home": True, "noprefixroute": True, "metric": 77}),
        (SIX, {"nodad": True, "mngtmpaddr": True}),
        (SIX, {"nodad": True, "valid_lft": 5000, "preferred_lft": 0}),
        ("2001:db8::1/128", {"nodad": True, "peer": "2001:db8::2"}),
    ],
)
def test_an_address_is_shown_as_it_was_put_and_goes_again(
    host: Host, netns: str, address: str, props: dict[str, Any]
) -> None:
    before = ip(netns, "addr", "show", "v0", "scope", "global")
    each = wanted(netns, address, **props)
    assert each["props"].items() <= put(host, each).items()
    assert each["props"].items() <= put(host, each).items()
    calls.drop(host, [each])
    assert ip(netns, "addr", "show", "v0", "scope", "global") == before


@pytest.mark.usefixtures("link")
@pytest.mark.parametrize(
    ("address", "props"),
    [
        (FOUR, {"metric": 50}),
        (FOUR, {"preferred_lft": 0}),
        (FOUR, {"valid_lft": 5000}),
        (FOUR, {"broadcast": "192.0.2.255"}),
        (FOUR, {"label": "v0:1"}),
        (FOUR, {"scope": "host"}),
        (FOUR, {"noprefixroute": True}),
        (SIX, {"metric": 50}),
        (SIX, {"preferred_lft": 0}),
        (SIX, {"home": True}),
        (SIX, {"noprefixroute": True}),
    ],
)
def test_a_changed_property_is_put_back_and_forth(host: Host, netns: str, address: str, props: dict[str, Any]) -> None:
    plain = put(host, wanted(netns, address, nodad=True))
    changed = put(host, wanted(netns, address, nodad=True, **props))
    assert {name: changed[name] for name in props} == props
    assert {name: changed[name] for name in changed if name not in {*props, "preferred_lft"}} == {
        name: plain[name] for name in plain if name not in {*props, "preferred_lft"}
    }
    assert put(host, {**wanted(netns, address), "props": plain}) == plain


@pytest.mark.usefixtures("link")
def test_what_stood_beside_an_address_that_was_made_anew_is_there_again(host: Host, netns: str) -> None:
    put(host, wanted(netns, FOUR))
    ip(netns, "addr", "add", "192.0.2.9/24", "dev", "v0")
    ip(netns, "route", "add", "198.51.100.0/24", "via", "192.0.2.3", "proto", "dhcp")
    before = ip(netns, "route")
    put(host, wanted(netns, FOUR, broadcast="192.0.2.255"))
    assert "192.0.2.9/24" in ip(netns, "addr", "show", "v0")
    assert ip(netns, "route") == before


@pytest.mark.usefixtures("link")
def test_an_address_is_usable_when_it_was_made(host: Host, netns: str) -> None:
    put(host, wanted(netns, SIX))
    assert "tentative" not in ip(netns, "addr", "show", "v0", "to", SIX)


def test_a_duplicate_is_refused_and_not_left_behind(host: Host, netns: str, link: str) -> None:
    ip(link, "addr", "add", SIX, "dev", "v0", "nodad")
    with pytest.raises(Refused, match=r"2001:db8::1/64 dev v0: another host on the link has this address already"):
        put(host, wanted(netns, SIX))
    assert SIX not in ip(netns, "addr", "show", "v0")


def test_a_duplicate_that_somebody_left_is_tried_again(host: Host, netns: str, link: str) -> None:
    ip(link, "addr", "add", SIX, "dev", "v0", "nodad")
    with pytest.raises(Refused):
        put(host, wanted(netns, SIX))
    ip(link, "addr", "del", SIX, "dev", "v0")
    assert put(host, wanted(netns, SIX))["address"] == SIX


def test_an_address_on_a_link_without_carrier_is_not_waited_for(host: Host, netns: str) -> None:
    ip(netns, "link", "add", "v0", "type", "bridge")
    ip(netns, "link", "set", "v0", "up")
    assert put(host, wanted(netns, SIX))["address"] == SIX


@pytest.mark.usefixtures("link")
def test_an_address_of_somebody_else_is_taken_over_only_if_asked_and_comes_back(host: Host, netns: str) -> None:
    ip(netns, "addr", "add", FOUR, "broadcast", "192.0.2.255", "dev", "v0")
    before = ip(netns, "addr", "show", "v0")
    with pytest.raises(Refused, match=r"address 192.0.2.1/24 v0: exists already and is nobody's"):
        put(host, wanted(netns, FOUR))
    put(host, {**wanted(netns, FOUR, broadcast="", metric=9), "adopt": True})
    assert "metric 9" in ip(netns, "addr", "show", "v0")
    assert "brd 192.0.2.255" not in ip(netns, "addr", "show", "v0")
    calls.drop(host, [wanted(netns, FOUR)])
    assert ip(netns, "addr", "show", "v0") == before


def test_a_link_that_is_not_there_is_named(host: Host, netns: str) -> None:
    with pytest.raises(Refused, match=r"address 192.0.2.1/24 v0: there is no link 'v0'"):
        put(host, wanted(netns, FOUR))


def test_a_refused_change_leaves_the_addresses_of_the_host_itself_where_they_were(
    netns: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ip(netns, "link", "add", "v0", "type", "bridge")
    monkeypatch.setattr("isthmus_agent.host.IPRoute", lambda **options: IPRoute(**{**options, "netns": netns}))
    monkeypatch.setattr("isthmus_agent.host.Wire", lambda _: Wire(netns))
    host = Host(home=tmp_path / "isthmus")
    here = {"kind": "address", "mark": MARK, "props": {"address": FOUR, "dev": "v0"}}
    calls.put(host, [here])
    ip(netns, "addr", "add", "198.51.100.1/24", "dev", "v0")
    before = ip(netns, "addr", "show", "v0")
    elsewhere = {"kind": "address", "mark": "u-7f3a-00000001", "props": {"address": FOUR, "dev": "gone0"}}
    with pytest.raises(Refused):
        calls.put(host, [here, elsewhere])
    assert ip(netns, "addr", "show", "v0") == before
    host.close()
