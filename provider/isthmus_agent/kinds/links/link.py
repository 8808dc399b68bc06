"""Links of all kinds: how one of a kind is found, read, made, changed, moved and removed."""

from __future__ import annotations

import errno
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar

from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Outcome, Props
from isthmus_agent.kinds.links import alias, common, modules, session
from isthmus_agent.kinds.links.common import LEAST6
from isthmus_agent.kinds.links.data import Word, attributes, told
from isthmus_agent.kinds.links.netlink import (
    Others,
    data_of,
    index_of,
    kind_of,
    message_of,
    names,
    opened,
    remove_group,
)
from isthmus_agent.kinds.links.told import links
from isthmus_agent.kinds.requests import send, written

__all__ = ["Link", "index_of", "message_of", "names"]

MISSING = (errno.EOPNOTSUPP, errno.ENODEV, errno.EPROTONOSUPPORT)
"""What the kernel says of a kind of link whose module is not loaded."""
GENERATING = "IFLA_AF_SPEC"
"""Where a message says how IPv6 addresses are made."""
HEADER = "IFLA_LINK"
"""The underlying link of VLANs and the like is no attribute of their own kind's."""
REPLACE = "make the link anew (pulumi up --replace with its URN)"
IMMOVABLE = f"the kernel does not change it on a link that is there: {REPLACE}"


class Link(Kind):
    """Links of one kind, told by the kernel's own name for it and a table of its properties.

    whole: the kernel takes a change only with all properties, as it does of tunnels. under: the attribute of the
    underlying link. local: links of this kind stay in the namespace that they were made in.
    """

    keys: ClassVar[tuple[str, ...]] = ("name",)
    bulk: ClassVar[bool] = True
    remembered: ClassVar[tuple[str, ...]] = ("address",)
    """The MAC address that the kernel chose by chance stays over a boot."""
    loose: ClassVar[frozenset[str]] = frozenset()
    """Properties that the kernel may show in another spelling than they were given in."""
    secrets: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self,
        kind: str,
        words: Mapping[str, Word] | None = None,
        *,
        whole: bool = False,
        under: str = "",
        under_fixed: bool = False,
        local: bool = False,
    ) -> None:
        self.kind = kind
        self.whole = whole
        self.words = dict(words or {})
        self.under = under
        self.fixed = {name for name, word in self.words.items() if word.fixed} | {"name", "link_netns"}
        self.fixed |= ({"link"} if under_fixed else set()) | ({"netns"} if local else set())

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return all links of this kind."""
        others = Others(host, netns)
        found = [message for message in links(host, netns) if self.is_one(message)]
        return [self.shown(host, message, netns, others) for message in found]

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the link of that name; Refused if it is one of another kind."""
        netns = wanted.get("netns") or ""
        message = message_of(host.route(netns), wanted["name"])
        if message is None:
            return None
        if not self.is_one(message):
            raise Refused(in_use(message), "name")
        return self.shown(host, message, netns, Others(host, netns))

    def is_one(self, message: Any) -> bool:
        """Tell whether a link is of this kind."""
        return kind_of(message) == self.kind

    def shown(self, host: Host, message: Any, netns: str, others: Others) -> Props:  # noqa: ARG002 - for subclasses
        """Return the properties of a link."""
        data = data_of(message)
        own = {name: word.reads(data) for name, word in self.words.items()}
        return {**common.shown(message, netns, others), **self._underlay(message, data, others), **own}

    def _underlay(self, message: Any, data: Mapping[str, Any], others: Others) -> Props:
        if not self.under:
            return {}
        where = others.name(message)
        index = message.get("link") if self.under == HEADER else data.get(self.under)
        return {"link": others.link(index, where), "link_netns": where}

    def owner(self, actual: Props) -> str:
        """Return the mark in the link's alias."""
        return str(actual.get("mark") or "")

    def make(self, host: Host, wanted: Props, mark: str) -> None:
        """Make the link, where its underlay is if that is another namespace, and bring it up unless told otherwise."""
        home, netns = self.home(wanted), wanted.get("netns") or ""
        with self.explaining(host, home, wanted):
            self.add(host, home, wanted)
        place = home
        try:
            if home != netns:
                self.move(host, home, netns, wanted["name"])
                place = netns
            route = host.route(netns)
            with self.explaining(host, netns, wanted):
                self.say(route, wanted["name"], {"alias": "", "up": True, **wanted}, mark)
            self.settle(host, wanted)
            self.verify(host, wanted, wanted)
        except BaseException:
            _forget(host.route(place), wanted["name"])
            raise

    def make_all(self, host: Host, wanted: Sequence[tuple[Props, str]]) -> Iterable[Outcome]:
        """Make links; of kinds that take no more than to be made and to be told the rest, all together."""
        plain = type(self).add is Link.add and type(self).settle is Link.settle
        if plain and all(self.home(props) == (props.get("netns") or "") for props, _ in wanted):
            return self._made_together(host, wanted)
        return super().make_all(host, wanted)

    def _made_together(self, host: Host, wanted: Sequence[tuple[Props, str]]) -> Iterable[Outcome]:
        outcomes = dict(enumerate(self._sent(host, wanted, self._adding)))
        missing = [position for position, outcome in outcomes.items() if _code(outcome) in MISSING]
        if missing:
            modules.load(self.kind)
            outcomes.update(zip(missing, self._sent(host, [wanted[position] for position in missing], self._adding)))
        made = [position for position, outcome in outcomes.items() if outcome is None]
        outcomes.update(zip(made, self._sent(host, [wanted[position] for position in made], self._saying)))
        for position in made:
            if outcomes[position] is not None:
                _forget(host.route(wanted[position][0].get("netns") or ""), wanted[position][0]["name"])
        return (self._meant(host, props, outcomes[position]) for position, (props, _) in enumerate(wanted))

    def _sent(
        self,
        host: Host,
        wanted: Sequence[tuple[Props, str]],
        write: Callable[[Host, Props, str], bytes],
    ) -> Sequence[Outcome]:
        return send(host, [(props.get("netns") or "", partial(write, host, props, mark)) for props, mark in wanted])

    def _adding(self, host: Host, wanted: Props, mark: str) -> bytes:  # noqa: ARG002 - as _saying
        return written("link", "add", **self._early(host.route(self.home(wanted)), wanted))

    def _saying(self, host: Host, wanted: Props, mark: str) -> bytes:
        route = host.route(wanted.get("netns") or "")
        return written("link", "set", ifname=wanted["name"], **_late(route, {"alias": "", "up": True, **wanted}, mark))

    def _early(self, route: IPRoute, wanted: Props) -> dict[str, Any]:
        """Return the arguments that make a link."""
        early = {name: wanted.get(name) for name in ("mtu", "address", "txqueuelen", "group")}
        own = self.data(route, wanted, new=True)
        return {"ifname": wanted["name"], "kind": self.kind, **common.settings(route, early), **own}

    def _meant(self, host: Host, wanted: Props, outcome: Outcome) -> Outcome:
        if not isinstance(outcome, NetlinkError):
            return outcome
        return self._refusal(host, wanted.get("netns") or "", wanted, outcome)

    def home(self, wanted: Props) -> str:
        """Return the namespace that the link is made in: where its underlay is."""
        found = wanted.get("link_netns")
        return str((wanted.get("netns") if found is None else found) or "")

    def add(self, host: Host, home: str, wanted: Props) -> None:
        """Let the kernel make the link."""
        route = host.route(home)
        arguments = self._early(route, wanted)
        try:
            route.link("add", **arguments)
        except NetlinkError as error:
            if error.code not in MISSING:
                raise
            modules.load(self.kind)
            route.link("add", **arguments)

    def data(self, route: IPRoute, values: Props, *, new: bool) -> dict[str, Any]:
        """Return what a message says of this kind of link, under the names that pyroute2 has for it."""
        data = attributes(self.words, values, new=new)
        if self.under and values.get("link") is not None and (values["link"] or not new):
            data[self.under] = index_of(route, values["link"]) if values["link"] else 0
        return {name.replace("IFLA_", "", 1).lower(): value for name, value in data.items()}

    def settle(self, host: Host, wanted: Props) -> None:
        """Do what must be done after the link is made, besides its common properties."""

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Change the link in place, moving it first if it is to be elsewhere."""
        different = {name: value for name, value in different.items() if name != "mark"}
        self.refuse_fixed(actual, different)
        here = actual.get("netns") or ""
        netns = different.get("netns", here) or ""
        if netns != here:
            self.move(host, here, netns, actual["name"])
            different = {**{name: actual[name] for name in ("up", "addrgenmode")}, **different}
        wanted = {**actual, **different}
        with self.explaining(host, netns, wanted):
            self.change_data(host, netns, actual, different)
            self.say(host.route(netns), actual["name"], {"alias": wanted.get("alias"), **different}, mark)
        self.verify(host, wanted, different)

    def refuse_fixed(self, actual: Props, different: Props) -> None:
        """Refuse what the kernel does not change; its own value in other words is no change."""
        for name, value in different.items():
            if name in self.fixed and told(value) and value != actual.get(name):
                raise Refused(IMMOVABLE, name)

    def change_data(self, host: Host, netns: str, actual: Props, different: Props) -> None:
        """Change what only links of this kind have."""
        if not any(name in self.words or name == "link" for name in different):
            return
        place = self.home({**actual, "netns": netns})
        values = {**actual, **different} if self.whole else different
        data = self.data(host.route(place), {n: v for n, v in values.items() if n not in self.fixed}, new=self.whole)
        route = host.route(netns)
        route.link("set", index=index_of(route, actual["name"]), kind=self.kind, **data)

    def say(self, route: IPRoute, name: str, values: Props, mark: str) -> None:
        """Set common properties, and say whose the link is; IPv6's own only once the MTU lets the link have IPv6."""
        index, late = index_of(route, name), _late(route, values, mark)
        generating = late.pop(GENERATING, None) if "mtu" in late else None
        route.link("set", index=index, **late)
        if generating:
            route.link("set", index=index, **{GENERATING: generating})

    def move(self, host: Host, here: str, there: str, name: str) -> None:
        """Take the link to another namespace; it is down then, and without addresses."""
        route = host.route(here)
        if message_of(host.route(there), name) is not None:
            raise Refused(f"the namespace {there or 'of the host'} has a link {name!r} already: rename one", "netns")
        with opened(there) as descriptor:
            route.link("set", index=index_of(route, name), net_ns_fd=descriptor)

    def verify(self, host: Host, place: Props, wanted: Props) -> None:
        """Read the link again; Refused if the kernel took something otherwise than it was asked."""
        actual = self.find(host, place)
        if actual is None:
            raise Refused("is gone again: look at the host's log")
        self.check(actual, wanted)

    def check(self, actual: Props, wanted: Props) -> None:
        """Compare a link that was read again with what was asked for."""
        for name, value in wanted.items():
            if name == "addrgenmode" and int(actual.get("mtu") or LEAST6) < LEAST6:
                continue
            if name not in actual or not told(value) or actual[name] == value or name in self.loose | {"mark"}:
                continue
            kept = "something else" if name in self.secrets else repr(actual[name])
            raise Refused(f"the kernel took the change and has {kept} all the same: declare what it can have", name)

    def cuts(self, host: Host, props: Props) -> bool:
        """Tell whether the session comes in by the link."""
        return session.over(host, props.get("netns") or "", props["name"])

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the link."""
        route = host.route(actual.get("netns") or "")
        route.link("del", index=index_of(route, actual["name"]))

    def remove_all(self, host: Host, actual: Sequence[Props]) -> Iterable[Outcome]:
        """Remove links as a group: the kernel waits once for all, not 20 ms for each."""
        if type(self).remove is not Link.remove or len(actual) == 1:
            return super().remove_all(host, actual)
        for netns in {each.get("netns") or "" for each in actual}:
            remove_group(host, netns, {each["name"] for each in actual if (each.get("netns") or "") == netns})
        return [None] * len(actual)

    @contextmanager
    def explaining(self, host: Host, netns: str, wanted: Props) -> Iterator[None]:
        """Say what the kernel means by an error."""
        try:
            yield
        except NetlinkError as error:
            raise self._refusal(host, netns, wanted, error) from None

    def _refusal(self, host: Host, netns: str, wanted: Props, error: NetlinkError) -> Refused:
        word, reason = self.explained(host, netns, wanted, error)
        return Refused(reason or f"the kernel refuses: {error.args[-1]}", word)

    def explained(self, host: Host, netns: str, wanted: Props, error: NetlinkError) -> tuple[str, str]:
        """Return the property that an error is about and what to do, '' where that is not known."""
        if error.code == errno.EEXIST:
            taken = message_of(host.route(netns), wanted["name"])
            if taken is not None and not self.is_one(taken):
                return "name", in_use(taken)
            return self._taken(host, netns, wanted)
        if error.code == errno.EOPNOTSUPP:
            can = f"the kernel {platform.release()} cannot do all that is declared for a link of kind {self.kind}"
            return "", f"{can}: leave out what it was built without ({', '.join(self._asked(wanted))})"
        if "mtu" in str(error.args[-1]).lower() or error.code == errno.ERANGE:
            return "mtu", "the kernel has no such MTU for this kind of link: choose a smaller or larger one"
        return "", ""

    def _taken(self, host: Host, netns: str, wanted: Props) -> tuple[str, str]:
        """Say which link is in the way."""
        peer = wanted.get("peer")
        if peer and (peer == wanted["name"] or message_of(host.route(wanted.get("peer_netns") or ""), peer)):
            return "peer", f"there is a link {peer!r} already: choose another name"
        if not self._ends():
            return "", "a link that does the same is there already, perhaps under another name: look at ip -d link"
        twin = self.twin(host, netns, wanted)
        there = f"{twin!r} is there" if twin else "another link of this kind is there"
        return "", f"{there} with the same endpoints and keys: change one of the two"

    def _asked(self, wanted: Props) -> Sequence[str]:
        """Return the properties of this kind of link that were asked for."""
        return [name for name in self.words if told(wanted.get(name)) and wanted[name] is not False]

    def _ends(self) -> Sequence[str]:
        """Return the properties that tell links of this kind apart to the kernel."""
        return [name for name in ("local", "remote", "ikey", "key", "if_id", "vni") if name in self.words]

    def twin(self, host: Host, netns: str, wanted: Props) -> str:
        """Return the name of a link with the same endpoints, '' if none is seen."""
        ends = self._ends()
        return next(
            (
                str(other["name"])
                for other in self.list(host, netns)
                if other["name"] != wanted["name"] and all(_same(other.get(end), wanted.get(end)) for end in ends)
            ),
            "",
        )


def in_use(message: Any) -> str:
    """Say that a name is taken."""
    return f"the name is in use by a link of kind {kind_of(message) or 'hardware'}: choose another, or remove that link"


def _code(outcome: Outcome) -> int:
    return int(outcome.code) if isinstance(outcome, NetlinkError) else 0


def _late(route: IPRoute, values: Props, mark: str) -> dict[str, Any]:
    """Return the arguments that set common properties, and say whose the link is."""
    text = alias.join(str(values.get("alias") or ""), mark)
    return {"ifalias": text, **common.settings(route, values)}


def _same(one: Any, other: Any) -> bool:
    return (one or "") == (other or "")


def _forget(route: IPRoute, name: str) -> None:
    message = message_of(route, name)
    if message is not None:
        route.link("del", index=message["index"])
