"""Routing rules (ip-rule(8))."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from isthmus.declare.fields import Fields, Property, Required, required, word
from isthmus.declare.values import number
from isthmus.engine.kinds import iproute
from isthmus.linux.base import Object

RuleAction = Literal["lookup", "goto", "nop", "blackhole", "unreachable", "prohibit"]
_PORTS = iproute.Span(1, 65534)
_ALL_BITS = str(0xFFFFFFFF)
_MASK = number(0, 0xFFFFFFFF)


class RuleWords(Fields):
    """What a rule says: which packets it is about, and what becomes of them."""

    priority: Required[Annotated[int, number(0, 0xFFFFFFFF)]] = required(
        "Place among the rules, the lowest first; the kernel's own are 0, 32766 and 32767.", replaces=True
    )
    family: Property[Literal["inet", "inet6"]] = word(
        "Family of the packets; by default that of `from` and `to`, else `inet`.", replaces=True
    )
    netns: Property[str] = word(
        "Network namespace of the rule; by default the host's own.", default="", replaces=True, refers=True
    )
    not_: Property[bool] = word("Whether it is about all other packets.", default="no", replaces=True)
    from_: Property[Annotated[str, iproute.Network()]] = word(
        "Prefix that packets come from.", default="", replaces=True
    )
    to: Property[Annotated[str, iproute.Network()]] = word("Prefix that packets go to.", default="", replaces=True)
    tos: Property[Annotated[int, number(1, 255)]] = word("Type of service of the packets.", default="", replaces=True)
    fwmark: Property[Annotated[int, _MASK]] = word("Mark that the firewall gave the packets.", replaces=True)
    fwmask: Property[Annotated[int, _MASK]] = word("Bits of the mark that count; by default all.", replaces=True)
    iif: Property[str] = word("Link that packets came in by; `lo` is this host.", default="", replaces=True)
    oif: Property[str] = word("Link that the sender has bound itself to.", default="", replaces=True)
    l3mdev: Property[bool] = word("Whether the table is that of the packet's VRF.", default="no", replaces=True)
    uidrange: Property[Annotated[str | int, iproute.Span(0, 0xFFFFFFFE)]] = word(
        "Users whose packets they are, `1000-1999`.", default="", replaces=True
    )
    ipproto: Property[Annotated[str | int, iproute.IP_PROTOCOLS]] = word(
        "IP protocol, by name or number.", default="", replaces=True
    )
    sport: Property[Annotated[str | int, _PORTS]] = word("Source port or range.", default="", replaces=True)
    dport: Property[Annotated[str | int, _PORTS]] = word("Destination port or range.", default="", replaces=True)
    action: Property[RuleAction] = word(
        "What becomes of packets: they are looked up in a table, go to another rule, on, or nowhere.",
        default="lookup",
        replaces=True,
    )
    table: Property[Annotated[str | int, iproute.Table()]] = word(
        "Table to look up, by its number or a name that the host has for it.", default="", replaces=True
    )
    goto: Property[Annotated[int, number(1, 0xFFFFFFFF)]] = word(
        "Priority of the rule to go to.", default="", replaces=True
    )
    suppress_prefixlength: Property[Annotated[int, number(0, 128)]] = word(
        "Results with a prefix of at most this length do not count: 0 passes over default routes.",
        default="",
        replaces=True,
    )
    suppress_ifgroup: Property[Annotated[int, number(0, 0xFFFFFFFE)]] = word(
        "Results that leave by a link of this group do not count.", default="", replaces=True
    )
    proto: Property[Annotated[str | int, iproute.ROUTE_PROTOCOLS]] = word(
        "Who put it there: 200 is us, by which `ip rule show proto 200` lists what is ours.",
        default="200",
        replaces=True,
    )


def implied(words: Mapping[str, str]) -> dict[str, str]:
    """Return what the kernel understands of a rule that does not say it, and nothing for what is off."""
    six = any(":" in words.get(end, "") for end in ("from", "to"))
    marked = {"fwmask": words.get("fwmask") or _ALL_BITS} if words.get("fwmark") else {}
    off = {name: "" for name in ("not", "l3mdev") if words.get(name) == "no"}
    return {
        "family": words.get("family") or ("inet6" if six else "inet"),
        "action": words.get("action") or "lookup",
        **marked,
        **off,
    }


def together(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Say what does not go together in a rule."""
    yield from _families(words)
    yield from _acting(words)
    if words.get("fwmask") and "fwmark" not in words:
        yield "fwmask", "there is no mark to compare: add fwmark"
    for name in ("suppress_prefixlength", "suppress_ifgroup"):
        if name in words and words.get("action", "lookup") != "lookup":
            yield name, "it is about what a lookup finds: remove it, or the action"


def _families(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    ends = {name: words[name] for name in ("from_", "to") if words.get(name)}
    found = {name: iproute.family(text) for name, text in ends.items()}
    for name, text in ends.items():
        if ipaddress.ip_network(text).prefixlen == 0:
            yield name, f"{text} is what a rule without it is about: remove it, and say family={found[name]!r}"
        if found[name] != words.get("family", found[name]):
            yield name, f"{text} is not of the family {words['family']}: remove family"
    if len(set(found.values())) > 1:
        yield "to", f"{ends['to']} is of another family than {ends['from_']}: both must be of one"


def _acting(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    action, table, l3mdev = words.get("action", "lookup"), words.get("table"), words.get("l3mdev") == "yes"
    if action == "lookup" and not table and not l3mdev:
        yield "table", "a rule that looks up needs a table, or l3mdev=True"
    if table and (action != "lookup" or l3mdev):
        yield "table", f"a rule with {'l3mdev' if l3mdev else 'action ' + action} looks up no table: remove it"
    if (action == "goto") != bool(words.get("goto")):
        yield "goto", "action='goto' and the priority to go to, goto, belong together"
    if words.get("goto") and int(words["goto"]) <= int(words["priority"]):
        yield "goto", f"a rule goes only forward, to a priority above its own, {words['priority']}"


_KEY = tuple(name.rstrip("_") for name in RuleWords.words() if name != "proto")


class Rule(RuleWords, Object, kind="rule", key=_KEY, implied=implied, together=together, cuts=True):
    """A routing rule. The kernel changes none in place and tells them apart by all that they say: so do we."""
