"""Network namespaces (ip-netns(8))."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

import pulumi
from typing_extensions import override

from isthmus.declare.fields import Property, word
from isthmus.engine.kinds import Kind, plain
from isthmus.linux.base import Object

_SIZE = 255
"""Bytes of a file's name."""


@dataclass(frozen=True, slots=True)
class NetnsName(Kind):
    """A name that can be a file's."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if text in {".", ".."} or not re.fullmatch(r"[^/\s\0]+", text) or len(text.encode()) > _SIZE:
            raise ValueError(f"expected a name without / and blanks, found {text!r}")
        return text


class Netns(Object, kind="netns", key=("name",)):
    """A network namespace with a name: links, addresses, routes and filters of its own.

    What is virtual in it goes with it.
    """

    name: Property[Annotated[str, NetnsName()]] = word(
        "Name of the namespace; by default the resource's.", replaces=True
    )
    loopback: Property[bool] = word("Whether its loopback link is up.", default="yes")

    def _inputs(
        self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, object]
    ) -> dict[str, object]:
        return super()._inputs(name, opts, {"name": name, "loopback": True, **arguments})
