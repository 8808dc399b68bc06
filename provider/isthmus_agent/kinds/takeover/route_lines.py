"""Routes of a link as lines, in the words of `ip route` and without the link, which changes (ip-route(8))."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.route_words import METRICS, hop_words

_PAIRS: dict[str, Callable[[str], Any]] = {
    "via": str,
    "src": str,
    "table": str,
    "metric": int,
    "mtu": int,
    "advmss": int,
    "proto": str,
    "scope": str,
    "tos": int,
    **dict.fromkeys((name for name in METRICS if name not in ("mtu", "advmss")), int),
}
"""The properties that are a word and its value."""
_HOP = "nexthop"


def line(route: Props, dev: str) -> str:
    """Write a route over a link; of several next hops those over it are written without it."""
    kind = [str(route["type"])] if route.get("type") not in (None, "", "unicast") else []
    words = [_pair(route, name) for name in _PAIRS if route.get(name)]
    onlink = ["onlink"] if route.get("onlink") else []
    hops = [f"{_HOP} {_over(hop, dev, '')}" for hop in route.get("nexthops") or []]
    return " ".join([*kind, str(route["dst"]), *words, *onlink, *hops])


def read(text: str) -> Props:
    """Read a line; the route's link is still to be given by `renamed`."""
    own, *hops = text.split(f" {_HOP} ")
    words = iter(own.split())
    first = next(words)
    kind = {} if "/" in first else {"type": first}
    dst = next(words) if kind else first
    several = {"nexthops": hops} if hops else {}
    return {"dst": dst, "dev": "", **kind, **dict(_properties(words)), **several}


def renamed(route: Props, dev: str, other: str) -> Props:
    """Return a route over another link, `dev` before; next hops over none are over it."""
    hops = [_over(hop, dev, other) for hop in route.get("nexthops") or []]
    return {**route, "nexthops": hops} if hops else {**route, "dev": other}


def _pair(route: Props, name: str) -> str:
    locked = "lock " if name == "mtu" and route.get("mtu_lock") else ""
    return f"{name} {locked}{route[name]}"


def _properties(words: Iterator[str]) -> Iterable[tuple[str, Any]]:
    for name in words:
        if name == "onlink":
            yield name, True
            continue
        value = next(words)
        if value == "lock":
            yield "mtu_lock", True
            value = next(words)
        yield name, _PAIRS[name](value)


def _over(hop: str, dev: str, other: str) -> str:
    """Return a next hop with one link in another's place; none stands for the link that the route is on."""
    words = hop_words(hop)
    if words.get("dev", dev) == dev:
        words["dev"] = other
    kept = [f"{name} {words[name]}" for name in ("via", "dev", "weight") if words.get(name)]
    return " ".join([*kept, *(["onlink"] if "onlink" in words else [])])
