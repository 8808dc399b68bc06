"""Where in its chain a rule, or a list of rules, stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pulumi

from isthmus.engine import mark


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a chain: `first()`, `last()`, `before(...)`, `after(...)`; for components also `top()`, `bottom()`.

    A chain is laid out as: what components put on top, what a program declares (first, as it comes, last), rules
    that Isthmus does not own, and what components put at the end.
    """

    band: str
    side: str
    anchor: Any = None

    def text(self) -> pulumi.Input[str]:
        """Return the place as the state holds it."""
        if self.anchor is None:
            return self.side
        return pulumi.Output.from_input(self.anchor).apply(lambda anchor: f"{self.side} {mark.plain(anchor)}")

    def marked(self, own: pulumi.Input[str]) -> pulumi.Input[str]:
        """Return a resource's own mark with what its rows stand beside."""
        if self.anchor is None:
            return own
        both = pulumi.Output.all(own, self.anchor)
        return both.apply(lambda known: str(mark.parse(known[0]).beside(known[1])))


def first() -> Place:
    """Before all other rules that the program declares in this chain."""
    return Place("f", "first")


def last() -> Place:
    """Behind all other rules that the program declares in this chain."""
    return Place("l", "last")


def top() -> Place:
    """On top of the chain, before what programs declare and before foreign rules: for components."""
    return Place("t", "top")


def bottom() -> Place:
    """At the end of the chain, behind foreign rules: for components."""
    return Place("b", "bottom")


def before(anchor: pulumi.Resource | str) -> Place:
    """Directly before another resource's rules, or before the foreign rule with this comment."""
    return Place("p", "before", _named(anchor))


def after(anchor: pulumi.Resource | str) -> Place:
    """Directly behind another resource's rules, or behind the foreign rule with this comment."""
    return Place("s", "after", _named(anchor))


def _named(anchor: pulumi.Resource | str) -> Any:
    return anchor if isinstance(anchor, str) else anchor.mark  # type: ignore[attr-defined]


def located(name: str, place: object) -> Place | None:
    """Return the place that a resource was given; anything else ends the program with one line."""
    if place is None or isinstance(place, Place):
        return place
    told = getattr(place, "__name__", None) or repr(place)
    raise pulumi.RunError(f"{name}: place: expected such as routeros.first() or routeros.before(rule), found {told}")
