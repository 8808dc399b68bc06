"""Routes (ip-route(8))."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Outcome, Props
from isthmus_agent.kinds.links import netlink as links
from isthmus_agent.kinds.requests import headed, only, send
from isthmus_agent.kinds.route_names import number, table_of
from isthmus_agent.kinds.route_words import CLONED, METRIC6, dumped, exactly, family_of, request, scope, shown

_SCOPING = {"via", "dev", "nexthops", "type"}
"""What decides the scope of a route that was given none."""
_GONE = (3, 19, 2)
"""ESRCH, ENODEV and ENOENT: the route is not there, or went with its link."""


class Route(Kind):
    """A route, told from others of its table by destination, metric and type of service."""

    keys: ClassVar[tuple[str, ...]] = ("dst", "table", "metric", "tos")
    bulk: ClassVar[bool] = True

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return all routes of all tables."""
        return _read(host, netns)

    def portion(self, wanted: Props) -> Props:
        """Return the family and table of a route: daemons may have a million in others."""
        table = table_of(wanted.get("table") or "main")
        return {"family": family_of(wanted), "table": number("table", table)}

    def list_portion(self, host: Host, netns: str, part: Props) -> Sequence[Props]:
        """Return the routes of a family and table."""
        return _read(host, netns, **part)

    def normal(self, wanted: Props) -> Props:
        """Give the route the table and metric that the kernel would, and its table's number for a host's own name."""
        metric = wanted.get("metric") or (METRIC6 if ":" in wanted["dst"] else 0)
        table = table_of(wanted.get("table") or "main")
        return {**wanted, "table": table, "metric": metric, "tos": wanted.get("tos") or 0}

    def make(self, host: Host, wanted: Props, mark: str) -> None:
        """Add the route."""
        only(self.make_all(host, [(wanted, mark)]))

    def make_all(self, host: Host, wanted: Sequence[tuple[Props, str]]) -> Sequence[Outcome]:
        """Add routes; their `proto` shows that they are ours."""
        return _sent(host, "add", [self.normal(props) for props, _ in wanted])

    def append(self, host: Host, wanted: Props) -> None:
        """Add the route behind what is there for the same destination and metric."""
        only(_sent(host, "append", [self.normal(wanted)]))

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Replace the route in one step: no packet finds none."""
        only(self.change_all(host, [(actual, different, mark)]))

    def change_all(self, host: Host, changes: Sequence[tuple[Props, Props, str]]) -> Sequence[Outcome]:
        """Replace routes that differ."""
        wanted = [self.normal(_changed(actual, different)) for actual, different, _ in changes if different]
        outcomes = iter(_sent(host, "replace", wanted))
        return [next(outcomes) if different else None for _, different, _ in changes]

    def cuts(self, host: Host, props: Props) -> bool:  # noqa: ARG002 - any route may lead the answers elsewhere
        """It may, whatever it says."""
        return True

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the route."""
        only(self.remove_all(host, [actual]))

    def remove_all(self, host: Host, actual: Sequence[Props]) -> Sequence[Outcome]:
        """Remove routes; those that went with their links are gone already."""

        def write(props: Props) -> bytes:
            return headed("route", "del", exactly(self.normal(props)))

        outcomes = send(host, [(props.get("netns") or "", partial(write, props)) for props in actual])
        return [None if isinstance(each, NetlinkError) and each.code in _GONE else each for each in outcomes]

    def title(self, props: Props) -> str:
        """Return the route's key as `ip route` writes it."""
        metric = f" metric {props['metric']}" if props.get("metric") else ""
        tos = f" tos {props['tos']}" if props.get("tos") else ""
        return f"{props.get('dst')} table {props.get('table') or 'main'}{metric}{tos}"

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the route with the keys of `wanted`, read from its table alone."""
        wanted = self.normal(wanted)
        listed = self.list_portion(host, wanted.get("netns") or "", self.portion(wanted))
        return next((actual for actual in listed if self.same_key(actual, wanted)), None)


def _changed(actual: Props, different: Props) -> Props:
    wanted = {**actual, **different}
    if _SCOPING & set(different) and "scope" not in different:
        wanted["scope"] = scope(wanted)
    return wanted


def _read(host: Host, netns: str, **part: int) -> list[Props]:
    names = links.names(host, netns)
    return [shown(message, names, netns) for message in _dumped(host, netns, **part) if not message["flags"] & CLONED]


def _dumped(host: Host, netns: str, **part: int) -> list[Props]:
    try:
        return dumped(host, netns, **part)
    except NetlinkError as error:
        if error.code != errno.ENOENT:
            raise
        return []  # of IPv4 there is no table before it has a route


def _sent(host: Host, verb: str, objects: Sequence[Props]) -> Sequence[Outcome]:
    """Send a request for each route; links are asked for by name once."""
    indexes = links.Indexes(host)

    def write(props: Props) -> bytes:
        return headed("route", verb, request(props, partial(indexes.of, props.get("netns") or "")))

    outcomes = send(host, [(props.get("netns") or "", partial(write, props)) for props in objects])
    return [
        _explained(outcome, props) if isinstance(outcome, NetlinkError) else outcome
        for outcome, props in zip(outcomes, objects)
    ]


def _explained(error: NetlinkError, wanted: Props) -> Refused | NetlinkError:
    """Say what the kernel's bare numbers mean for a route."""
    via, dev, src = (wanted.get(name) or "" for name in ("via", "dev", "src"))
    said = str(error.args[-1])
    if error.code == 100 or "not up" in said:  # noqa: PLR2004 - ENETDOWN
        return Refused(f"{dev or 'the link of a next hop'} is down: bring it up first", "dev" if dev else "nexthops")
    if "gateway" in said.lower() or "nexthop" in said.lower():
        network = "IPv6" if ":" in str(via) else "IPv4"
        remedy = f"give this host an {network} address of its network first, or onlink=True with dev"
        return Refused(f"the kernel refuses {via or 'a next hop'} ({said}): {remedy}", "via" if via else "nexthops")
    if src and ("prefsrc" in said.lower() or "source" in said.lower()):
        return Refused(f"{src} is no address of this host ({said}): declare it (linux.Address)", "src")
    if error.code == 17:  # noqa: PLR2004 - EEXIST
        return Refused("a route with this destination, metric and table was made meanwhile: run up again")
    return NetlinkError(error.code, said)
