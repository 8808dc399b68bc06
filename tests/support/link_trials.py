"""Tries every property of every kind of link on some host."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from isthmus.declare import registry
from isthmus.engine.menu import Menu, Word
from isthmus.transact import objects
from isthmus_lab import LabError
from tests.support.agents import Agent
from tests.support.link_values import LEAST, OTHER_UNDER, UNDER, VALUES, tried

KINDS = [name for name in registry.kinds() if name.startswith("link/") or name == "bridge-port"]
KEYS = {"name", "netns", "link_netns", "peer_netns", "dev"}
"""What says which link is meant and where: moving has tests of its own."""
IMPOSSIBLE = {("link/vrf", "master"), ("link/bridge", "master")}
"""What every link has in common, and the kernel refuses these: a VRF in a VRF, a bridge under a bridge."""
FILTERS = {"vlan_filtering", "vlan_protocol", "vlan_default_pvid", "vlan_stats", "vlan_stats_per_port", "vlan_tunnel"}
BUILT_IN = {*FILTERS, "vlans", "untagged", "pvid"} | {
    name for kind in ("link/bridge", "bridge-port") for name in VALUES[kind] if name.startswith(("mcast_", "nf_call_"))
}
"""Properties of bridges that a kernel may be built without."""
Lacks = Callable[[str], None]
"""Told what the kernel lacks, as a sentence; ends the test."""


def menu_of(kind: str) -> Menu:
    """Return what is declared of a kind."""
    menu = registry.menu(kind)
    assert menu is not None
    return menu


def properties() -> list[tuple[str, str]]:
    """Return every property that is tried, with its kind."""
    every = [(kind, name) for kind in KINDS for name in menu_of(kind).by_name if name not in KEYS]
    return [each for each in every if each not in IMPOSSIBLE]


@contextmanager
def scenery(agent: Agent, netns: str) -> Iterator[None]:
    """Put two bridges, two VRFs and two links to stand on into a namespace."""

    def ip(*words: str) -> None:
        agent.run(["ip", "-n", netns, *words])

    agent.run(["ip", "netns", "add", netns])
    try:
        for link in (UNDER, OTHER_UNDER):
            ip("link", "add", link, "up", "type", "veth", "peer", "name", f"{link}-far")
            ip("link", "set", f"{link}-far", "up")
        for bridge in ("sw", "sw2"):
            ip("link", "add", bridge, "up", "type", "bridge")
            with suppress(subprocess.CalledProcessError, LabError):
                ip("link", "set", bridge, "type", "bridge", "vlan_filtering", "1")
        for number, vrf in enumerate(("red", "blue")):
            with suppress(subprocess.CalledProcessError, LabError):
                ip("link", "add", vrf, "up", "type", "vrf", "table", str(100 + number))
        yield
    finally:
        agent.run(["ip", "netns", "delete", netns])


class Trial:
    """One kind of link in a namespace."""

    def __init__(self, agent: Agent, netns: str, kind: str, lacks: Lacks) -> None:
        self.agent = agent
        self.netns = netns
        self.kind = kind
        self.name = f"t-{kind.rpartition('/')[2]}"
        self.menu = menu_of(kind)
        self.lacks = lacks

    def defaults(self) -> None:
        """Hold a link with nothing declared to the declared defaults."""
        wanted = self.least()
        shown = objects.words_of(self.menu, self.put(wanted))
        self.agent.drop(self.kind, wanted)
        assert not [each for each in self.read() if self.is_ours(each)]
        told = objects.words_of(self.menu, wanted)
        defaults = {
            name: str(word.default)
            for name, word in self.menu.by_name.items()
            if word.default is not None and word.drifts and name not in {*told, *KEYS}
            if name in shown or name not in BUILT_IN
        }
        assert {name: shown.get(name, "") for name in defaults} == defaults

    def property(self, name: str) -> None:
        """Set a property, change it, and take it away again."""
        values = tried(self.kind, name)
        assert values is not None, f"{self.kind}: {name} has no value in tests/support/link_values.py"
        self.require(name)
        word = self.menu.by_name[name]
        wanted = self.least(**values.needs)
        try:
            for value in (values.value, values.other, *self.without(word)):
                now = self.put({**wanted, name: value}, word)
                assert now[name] == value or (not word.drifts and not value), f"{now[name]!r} is not {value!r}"
            assert [each for each in self.read() if self.is_ours(each)] == [now]
        finally:
            self.agent.drop(self.kind, wanted)

    def without(self, word: Word) -> list[Any]:
        """Return the value that a property has where it is taken away, if it can be."""
        return [] if word.default is None else [objects.values(self.menu, {word.name: str(word.default)})[word.name]]

    def least(self, **more: Any) -> dict[str, Any]:
        """Return what the link must have."""
        own = {} if self.kind == "bridge-port" else {"name": self.name, "up": True}
        needed = {**own, "netns": self.netns, **LEAST.get(self.kind, {}), **more}
        return {name: value for name, value in needed.items() if value is not None}

    def put(self, wanted: dict[str, Any], word: Word | None = None) -> dict[str, Any]:
        """Make or change the link; it is made anew where the kernel cannot change it."""
        fixed = [word.name] if word is not None and word.replaces else []
        try:
            return self.agent.put(self.kind, wanted, fixed=fixed)
        except Exception as refused:
            if "has no module" in str(refused):
                self.lacks(str(refused))
            raise

    def read(self) -> list[dict[str, Any]]:
        """Return all of the kind."""
        listed: list[dict[str, Any]] = self.agent.ask("read", kind=self.kind, netns=self.netns)
        return listed

    def is_ours(self, shown: dict[str, Any]) -> bool:
        """Tell whether this is the link that is tried."""
        return bool(shown.get("dev") == UNDER if self.kind == "bridge-port" else shown["name"] == self.name)

    def require(self, name: str) -> None:
        """Say what a kernel lacks that was built without a property."""
        if name == "master" and not self.agent.ask("read", kind="link/vrf", netns=self.netns):
            self.lacks("this kernel has no VRF")
        if name not in BUILT_IN:
            return
        wanted = self.least()
        shown = self.put(wanted)
        self.agent.drop(self.kind, wanted)
        filters = self.kind != "link/bridge" or shown["vlan_protocol"]
        if shown.get(name, "") in ("", []) or (name in FILTERS and not filters):
            self.lacks(f"this kernel was built without {name}")
