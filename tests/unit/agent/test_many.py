"""Many objects in one change: read by few dumps, removed together, and put back together."""

from __future__ import annotations

from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.route import Route
from tests.support.linux import ip

COUNT = 30


def links(netns: str) -> list[dict[str, Any]]:
    return [_of("link/bridge", number, {"name": f"br{number}", "netns": netns}) for number in range(COUNT)]


def addresses(netns: str) -> list[dict[str, Any]]:
    return [
        _of("address", 100 + number, {"address": f"10.0.{number}.1/24", "dev": f"br{number}", "netns": netns})
        for number in range(COUNT)
    ]


def _of(kind: str, number: int, props: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "mark": f"u-7f3a-{number:08}", "props": props}


def test_links_are_removed_together_and_others_stay(host: Host, netns: str) -> None:
    ip(netns, "link", "add", "other0", "type", "bridge")
    before = ip(netns, "link")
    calls.put(host, links(netns))
    calls.drop(host, links(netns))
    assert ip(netns, "link") == before


def test_links_that_were_removed_by_somebody_are_no_error(host: Host, netns: str) -> None:
    calls.put(host, links(netns))
    ip(netns, "link", "del", "br3")
    calls.drop(host, links(netns))
    assert "br" not in ip(netns, "-br", "link")


def test_a_refused_exchange_puts_back_what_left_with_what_was_on_it(host: Host, netns: str) -> None:
    calls.put(host, [*links(netns), *addresses(netns)])
    before = ip(netns, "-br", "addr", "show", "type", "bridge")
    refused = _of("link/bridge", 500, {"name": "br500", "netns": netns, "mtu": 7})
    gone = [*links(netns)[:5], *addresses(netns)[:5]]
    with pytest.raises(Refused):
        calls.exchange(host, gone, [refused])
    shown = ip(netns, "-br", "addr", "show", "type", "bridge")
    assert sorted(_names_and_addresses(shown)) == sorted(_names_and_addresses(before))


def test_routes_are_looked_for_by_one_reading_of_their_table(
    host: Host, netns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls.put(host, [*links(netns), *addresses(netns)])
    read = []
    real = Route.list_portion

    def noted(self: Route, on: Host, where: str, part: dict[str, Any]) -> Any:
        read.append(part)
        return real(self, on, where, part)

    monkeypatch.setattr(Route, "list_portion", noted)
    routes = [_of("route", 200 + n, {"dst": f"10.1.{n}.0/24", "via": f"10.0.{n}.2", "netns": netns}) for n in range(9)]
    calls.put(host, routes)
    assert read == [{"family": 2, "table": 254}] * 2


def _names_and_addresses(shown: str) -> list[list[str]]:
    return [[line.split()[0], line.split()[2]] for line in shown.splitlines()]
