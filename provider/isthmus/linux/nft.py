"""nftables tables (nft(8))."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pulumi
from typing_extensions import override

from isthmus.declare.fields import Property, Required, required, word
from isthmus.engine.kinds import Kind, plain
from isthmus.linux.base import Object

_PARTS = re.compile(r'"[^"\n]*"|#[^\n]*|[{}\n]')
_NAME = re.compile(r"[A-Za-z_.][A-Za-z0-9/_.-]*")


@dataclass(frozen=True, slots=True)
class Name(Kind):
    """An identifier of nft's."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if not _NAME.fullmatch(text):
            raise ValueError(f"expected letters, digits and / _ . - after a letter, found {text!r}")
        return text


@dataclass(frozen=True, slots=True)
class Body(Kind):
    """What stands between the braces of a table; the same text with another indentation is the same."""

    @override
    def canonical(self, value: Any) -> str:
        text = textwrap.dedent(plain(value))
        if re.match(r"\s*(add\s+|create\s+)?table\s", text):
            raise ValueError("expected only what stands between the braces of the table, found the table")
        open_lines: list[int] = []
        for number, sign in _braces(text):
            if sign == "{":
                open_lines.append(number)
            elif not open_lines:
                raise ValueError(f"line {number}: this }} closes the table itself: leave it out")
            else:
                open_lines.pop()
        if open_lines:
            raise ValueError(f"line {open_lines[-1]}: this {{ is not closed")
        return "\n".join(line.rstrip() for line in text.rstrip().split("\n")) + "\n"


class NftTable(Object, kind="nft/table", key=("family", "name", "netns"), listed=False, cuts=True):
    """A table, owned as a whole: its chains, sets, maps and rules, in nft's own syntax.

    It is replaced in one step, so that there is never a moment without it, and its counters begin anew. Elements that
    packets add to a set (`flags dynamic` or `timeout`) are no drift, and go when the table is changed. `define` and
    `include` work if the table is complete with them. Name links by `iifname` rather than `iif`: then the table can
    be loaded before the link is there, at boot too. Other tables are never touched; beware of what flushes them all,
    such as /etc/nftables.conf: its own service comes before ours at boot.
    """

    family: Property[Literal["inet", "ip", "ip6", "arp", "bridge", "netdev"]] = word(
        "Family of the table.", default="inet", replaces=True
    )
    name: Property[Annotated[str, Name()]] = word("Name of the table; by default the resource's.", replaces=True)
    content: Required[Annotated[str, Body()]] = required(
        "What stands between the braces of `table inet NAME { ... }`.", cuts=True
    )
    netns: Property[str] = word("Network namespace it is in; by default the host's own.", default="", replaces=True)

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        return super()._inputs(name, opts, {"family": "inet", "name": name, **arguments})


def _braces(text: str) -> Iterator[tuple[int, str]]:
    """Return each brace with its line; those in comments and strings do not count."""
    line = 1
    for part in _PARTS.findall(text):
        if part == "\n":
            line += 1
        elif part in "{}":
            yield line, part
