"""Every property of every kind of link is set, shown, changed and taken away, as far as this machine's kernel goes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from isthmus.declare import registry
from isthmus.transact import objects
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds import kind_named
from isthmus_agent.kinds.links.netlink import message_of
from tests.support.link_values import LEAST, OTHER_UNDER, UNDER, VALUES, tried
from tests.support.linux import ip, namespace

MARK = "u-7f3a-9c01d2e4"
KINDS = [name for name in registry.kinds() if name.startswith("link/") or name == "bridge-port"]
KEYS = {"name", "netns", "link_netns", "peer_netns", "dev"}
"""What says which link is meant and where: moving has tests of its own."""
FILTERS = {"vlan_filtering", "vlan_protocol", "vlan_default_pvid", "vlan_stats", "vlan_stats_per_port", "vlan_tunnel"}
BUILT_IN = {*FILTERS, "vlans", "untagged", "pvid"} | {
    name for kind in ("link/bridge", "bridge-port") for name in VALUES[kind] if name.startswith(("mcast_", "nf_call_"))
}
"""Properties of bridges that a kernel may be built without."""


@pytest.fixture(scope="module")
def scenery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Host, str]]:
    """A namespace with two bridges and two links to stand on."""
    if os.geteuid() != 0:
        pytest.skip("network namespaces are made as root")
    host = Host(home=Path(tmp_path_factory.mktemp("home")))
    with namespace("links") as name:
        for link in (UNDER, OTHER_UNDER):
            ip(name, "link", "add", link, "type", "veth", "peer", "name", f"{link}-far")
            ip(name, "link", "set", link, "up")
            ip(name, "link", "set", f"{link}-far", "up")
        for bridge in ("sw", "sw2"):
            ip(name, "link", "add", bridge, "up", "type", "bridge")
            with suppress(subprocess.CalledProcessError):
                ip(name, "link", "set", bridge, "type", "bridge", "vlan_filtering", "1")
        for number, vrf in enumerate(("red", "blue")):
            with suppress(subprocess.CalledProcessError):
                ip(name, "link", "add", vrf, "up", "type", "vrf", "table", str(100 + number))
        yield host, name
        host.close()


def words_of(kind: str) -> list[str]:
    menu = registry.menu(kind)
    assert menu is not None
    return [name for name in menu.by_name if name not in KEYS]


def least(kind: str, netns: str, **more: Any) -> dict[str, Any]:
    own = {} if kind == "bridge-port" else {"name": "t0"}
    needed = {**own, "netns": netns, **LEAST.get(kind, {}), **more}
    return {name: value for name, value in needed.items() if value is not None}


def make(host: Host, kind: str, wanted: dict[str, Any]) -> dict[str, Any]:
    agents = kind_named(kind)
    try:
        agents.make(host, wanted, MARK)
    except Refused as refused:
        if "has no module" in refused.reason:
            pytest.skip(refused.reason)
        raise
    found = agents.find(host, wanted)
    assert found is not None
    return found


def require(host: Host, kind: str, netns: str, word: str) -> None:
    """Skip where the kernel, as a new link shows, has no such property at all."""
    if word == "master" and message_of(host.route(netns), "red") is None:
        pytest.skip("this kernel has no VRF")
    if word not in BUILT_IN:
        return
    wanted = least(kind, netns)
    shown = make(host, kind, wanted)
    remove(host, kind, wanted)
    filters = kind != "link/bridge" or shown["vlan_protocol"]
    if shown.get(word, "") in ("", []) or (word in FILTERS and not filters):
        pytest.skip(f"this kernel was built without {word}")


def remove(host: Host, kind: str, wanted: dict[str, Any]) -> None:
    agents = kind_named(kind)
    found = agents.find(host, wanted)
    if found is not None:
        agents.remove(host, found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_link_has_the_defaults_that_are_declared(scenery: tuple[Host, str], kind: str) -> None:
    host, netns = scenery
    menu = registry.menu(kind)
    assert menu is not None
    wanted = least(kind, netns)
    shown = objects.words_of(menu, make(host, kind, wanted))
    remove(host, kind, wanted)
    given = objects.words_of(menu, wanted)
    defaults = {
        name: str(word.default)
        for name, word in menu.by_name.items()
        if word.default is not None and name not in given and name not in KEYS and word.drifts
        if name in shown or name not in BUILT_IN
    }
    assert {name: shown.get(name, "") for name in defaults} == defaults


@pytest.mark.parametrize(("kind", "word"), [(kind, word) for kind in KINDS for word in words_of(kind)])
def test_a_property_is_set_shown_changed_and_taken_away(scenery: tuple[Host, str], kind: str, word: str) -> None:
    host, netns = scenery
    menu = registry.menu(kind)
    values = tried(kind, word)
    assert menu is not None
    assert values is not None, f"{kind}: {word} has no value in tests/support/link_values.py"
    declared, agents = menu.by_name[word], kind_named(kind)
    require(host, kind, netns, word)
    wanted = least(kind, netns, **{**values.needs, word: values.value})
    try:
        assert make(host, kind, wanted)[word] == values.value
        goals = [values.other]
        if declared.default is not None:
            goals.append(objects.values(menu, {word: str(declared.default)})[word])
        for goal in goals:
            actual = agents.find(host, wanted)
            assert actual is not None
            if declared.replaces:
                remove(host, kind, wanted)
                actual = make(host, kind, {**wanted, word: goal})
            elif actual[word] != goal:
                agents.change(host, actual, {word: goal}, MARK)
            now = agents.find(host, wanted)
            assert now is not None
            assert (now[word] == goal) or (not declared.drifts and not goal), f"{now[word]!r} is not {goal!r}"
            assert agents.owner(now) in (MARK, "" if kind == "bridge-port" else MARK)
    finally:
        remove(host, kind, wanted)
