"""Links of all kinds: what they have in common, and how one of a kind is read, made and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pyroute2 import IPRoute

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Props
from isthmus_agent.kinds.links.data import Word

ALIAS = "isthmus:"
"""Stands before the mark in a link's alias: `ip link` shows whose a link is."""
UP = 1
"""IFF_UP."""


class Link(Kind):
    """Links of one kind, told by the kernel's own name for it and a table of its properties.

    whole: the kernel takes a change only with all properties, as it does of tunnels.
    """

    keys: ClassVar[tuple[str, ...]] = ("name",)

    def __init__(self, kind: str, words: Mapping[str, Word] | None = None, *, whole: bool = False) -> None:
        self.kind = kind
        self.whole = whole
        self.words = dict(words or {})

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return all links of this kind."""
        route = host.route(netns)
        return [self.shown(message, netns) for message in route.get_links() if _kind(message) == self.kind]

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the link of that name; Refused if it is one of another kind."""
        netns = wanted.get("netns") or ""
        message = message_of(host.route(netns), wanted["name"])
        if message is None:
            return None
        if _kind(message) != self.kind:
            raise Refused(f"the name is in use by a link of kind {_kind(message) or 'ethernet'}", "name")
        return self.shown(message, netns)

    def shown(self, message: Any, netns: str) -> Props:
        """Return the properties of a link."""
        props = {
            "name": message.get("ifname"),
            "netns": netns,
            "mtu": message.get("mtu"),
            "up": bool(message["flags"] & UP),
            "alias": message.get("ifalias") or "",
        }
        data = message.get_nested("IFLA_LINKINFO", "IFLA_INFO_DATA")
        values = {name: data.get(word.attribute) for name, word in self.words.items()} if data is not None else {}
        told = {name: self.words[name].from_kernel(value) for name, value in values.items() if value is not None}
        return {**props, **told}

    def owner(self, actual: Props) -> str:
        """Return the mark in the link's alias."""
        alias = str(actual.get("alias") or "")
        return alias[len(ALIAS) :] if alias.startswith(ALIAS) else ""

    def make(self, host: Host, wanted: Props, mark: str) -> None:
        """Make the link, and bring it up unless it is to be down."""
        route = host.route(wanted.get("netns") or "")
        data = {
            self.words[name].argument: self.words[name].to_kernel(value)
            for name, value in wanted.items()
            if name in self.words and value not in (None, "")
        }
        mtu = {"mtu": wanted["mtu"]} if wanted.get("mtu") else {}
        route.link("add", ifname=wanted["name"], kind=self.kind, **mtu, **data)
        self._say(route, index_of(route, wanted["name"]), mark, up=bool(wanted.get("up", True)))

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Change the link in place."""
        route = host.route(actual.get("netns") or "")
        index = index_of(route, actual["name"])
        if different.get("mtu"):
            route.link("set", index=index, mtu=different["mtu"])
        data = {
            self.words[name].argument: self.words[name].to_kernel(value)
            for name, value in ({**actual, **different} if self.whole else different).items()
            if name in self.words and value not in (None, "") and not self.words[name].fixed
        }
        if any(name in self.words for name in different):
            route.link("set", index=index, kind=self.kind, **data)
        self._say(route, index, mark, up=bool(different.get("up", actual["up"])))

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the link."""
        route = host.route(actual.get("netns") or "")
        route.link("del", index=index_of(route, actual["name"]))

    @staticmethod
    def _say(route: IPRoute, index: int, mark: str, *, up: bool) -> None:
        route.link("set", index=index, ifalias=f"{ALIAS}{mark}" if mark else "", state="up" if up else "down")


def message_of(route: IPRoute, name: str) -> Any:
    """Return what the kernel tells of a link, None if there is none of that name."""
    return next((message for message in route.get_links() if message.get("ifname") == name), None)


def index_of(route: IPRoute, name: str) -> int:
    """Return the index of a link; Refused if there is none of that name."""
    found = route.link_lookup(ifname=name)
    if not found:
        raise Refused(f"there is no link {name!r}; declare it and refer to it by its resource")
    return int(found[0])


def _kind(message: Any) -> str:
    info = message.get("linkinfo")
    return str(info.get("kind") or "") if info else ""
