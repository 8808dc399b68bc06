"""Packages of the distribution (apt-get(8))."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import pulumi
from typing_extensions import override

from isthmus.declare.fields import Property, Required, required, word
from isthmus.engine.kinds import Kind, plain
from isthmus.linux.base import Object

_NAME = re.compile(r"[a-z0-9][a-z0-9+.-]+")


@dataclass(frozen=True, slots=True)
class Name(Kind):
    """The name of a package, without version or architecture (Debian policy, 5.6.1)."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if not _NAME.fullmatch(text):
            raise ValueError(f"expected a package's name without version, such as openvpn, found {text!r}")
        return text


class Packages(Object, kind="packages", key=("name",), listed=False):
    """Packages that are present, on Debian and its descendants; which versions is the distribution's choice.

    What is missing is installed by apt-get, without what it only recommends and without a question; the index is read
    anew only if a package is unknown to it, and another installation that runs is waited for. With destroy goes what
    was installed for a list, and what came along and nothing needs, but not its configuration and data; what was there
    before, is in another list or is needed by a package of others stays. No daemon is started by its installation:
    declare it (`Service`). A distribution may still have it start at the next boot: `Service(enabled=False)` keeps it
    from that. Names are those of real packages, not of virtual ones.
    """

    name: Property[str] = word("What the host's record calls the list; by default a name of its own.", replaces=True)
    names: Required[Sequence[Annotated[str, Name()]]] = required("The packages.")
    keep: Property[bool] = word("Whether the packages stay when the resource is destroyed.", default="no")

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        given = super()._inputs(name, opts, {"keep": arguments.get("on_destroy") == "keep", **arguments})
        return {"name": given["mark"], **given}
