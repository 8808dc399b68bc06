"""Routing rules (ip-rule(8))."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Outcome, Props
from isthmus_agent.kinds.requests import only, send, written
from isthmus_agent.kinds.route_names import OURS, table_of
from isthmus_agent.kinds.rule_words import FAMILIES, NONE, request, shown

_GONE = 2
"""ENOENT."""
_EXISTS = 17
"""EEXIST."""
_TWIN = Refused("a rule that differs only in `not` exists, and the kernel takes both for one: remove it")


class Rule(Kind):
    """A rule. All that it says tells it from others, as it does for the kernel, which changes none in place."""

    keys: ClassVar[tuple[str, ...]] = (
        "family",
        "priority",
        "not",
        "from",
        "to",
        "tos",
        "fwmark",
        "fwmask",
        "iif",
        "oif",
        "l3mdev",
        "uidrange",
        "ipproto",
        "sport",
        "dport",
        "action",
        "table",
        "goto",
        "suppress_prefixlength",
        "suppress_ifgroup",
    )
    bulk: ClassVar[bool] = True

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return all rules of both families, ours before equal ones of others."""
        route = host.route(netns)
        rules = [
            shown(message, name, netns) for name, family in FAMILIES.items() for message in route.get_rules(family)
        ]
        return sorted(rules, key=lambda rule: bool(rule["proto"] != OURS))

    def key(self, props: Props) -> tuple[Any, ...]:
        """Return all that the rule says; what is off is the same as what was not said."""
        return tuple(props.get(name) if _said(props, name) else "" for name in self.keys)

    def normal(self, wanted: Props) -> Props:
        """Say what the kernel would understand: a family, an action, a mask, and a table by its number."""
        family = "inet6" if any(":" in str(wanted.get(end) or "") for end in ("from", "to")) else "inet"
        marked = wanted.get("fwmark") not in (None, "")
        table = wanted.get("table")
        return {
            **wanted,
            "family": wanted.get("family") or family,
            "action": wanted.get("action") or "lookup",
            "table": table_of(table) if table else "",
            **({"fwmask": NONE} if marked and wanted.get("fwmask") in (None, "") else {}),
        }

    def make(self, host: Host, wanted: Props, mark: str) -> None:
        """Add the rule."""
        only(self.make_all(host, [(wanted, mark)]))

    def make_all(self, host: Host, wanted: Sequence[tuple[Props, str]]) -> Sequence[Outcome]:
        """Add rules; their `proto` shows that they are ours."""
        return [_TWIN if _code(each) == _EXISTS else each for each in self._sent(host, "add", [p for p, _ in wanted])]

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Add the rule as it is to be, then remove the one that was: no packet finds neither."""
        if different:
            self.make(host, {**actual, **different}, mark)
            self.remove(host, actual)

    def cuts(self, host: Host, props: Props) -> bool:  # noqa: ARG002 - any rule may lead the answers elsewhere
        """It may, whatever it says."""
        return True

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the rule."""
        only(self.remove_all(host, [actual]))

    def remove_all(self, host: Host, actual: Sequence[Props]) -> Sequence[Outcome]:
        """Remove rules; those that are gone are none."""
        return [None if _code(each) == _GONE else each for each in self._sent(host, "del", actual)]

    def _sent(self, host: Host, verb: str, rules: Sequence[Props]) -> Sequence[Outcome]:
        def write(props: Props) -> bytes:
            return written("rule", verb, **request(self.normal(props)))

        return send(host, [(props.get("netns") or "", partial(write, props)) for props in rules])

    def title(self, props: Props) -> str:
        """Return the rule as `ip rule` writes it."""
        said = [f"{name} {props[name]}" for name in self.keys[3:] if _said(props, name) and name != "action"]
        action = props.get("action") or "lookup"
        words = [*(["not"] if props.get("not") else []), *said, *([action] if action != "lookup" else [])]
        return " ".join([str(props.get("priority")), *words])


def _code(outcome: Outcome) -> int:
    return int(outcome.code) if isinstance(outcome, NetlinkError) else 0


def _said(props: Props, name: str) -> bool:
    """Tell whether a rule says a word; 0 is a value."""
    value = props.get(name)
    return value is not None and value is not False and value != ""
