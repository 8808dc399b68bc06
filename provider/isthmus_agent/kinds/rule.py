"""Routing rules (ip-rule(8))."""

from __future__ import annotations

from typing import Any, ClassVar

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Props
from isthmus_agent.kinds.route_names import OURS, table_of
from isthmus_agent.kinds.rule_words import FAMILIES, NONE, request, shown

_GONE = 2
"""ENOENT."""
_EXISTS = 17
"""EEXIST."""


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

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - its `proto` shows that it is ours
        """Add the rule."""
        try:
            host.route(wanted.get("netns") or "").rule("add", **request(self.normal(wanted)))
        except NetlinkError as error:
            if error.code != _EXISTS:
                raise
            raise Refused(
                "a rule that differs only in `not` exists, and the kernel takes both for one: remove it"
            ) from None

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
        try:
            host.route(actual.get("netns") or "").rule("del", **request(self.normal(actual)))
        except NetlinkError as error:
            if error.code != _GONE:
                raise

    def title(self, props: Props) -> str:
        """Return the rule as `ip rule` writes it."""
        said = [f"{name} {props[name]}" for name in self.keys[3:] if _said(props, name) and name != "action"]
        action = props.get("action") or "lookup"
        words = [*(["not"] if props.get("not") else []), *said, *([action] if action != "lookup" else [])]
        return " ".join([str(props.get("priority")), *words])


def _said(props: Props, name: str) -> bool:
    """Tell whether a rule says a word; 0 is a value."""
    value = props.get(name)
    return value is not None and value is not False and value != ""
