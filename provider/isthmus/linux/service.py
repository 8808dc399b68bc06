"""Services of systemd (systemctl(1))."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from typing_extensions import override

from isthmus.declare.fields import Property, Required, required, word
from isthmus.engine.kinds import Kind, plain
from isthmus.linux.base import Object

_NAME = re.compile(r"[A-Za-z0-9:_.\\-]+(@[A-Za-z0-9:_.\\-]*)?")
_TYPES = ("service", "socket", "timer", "path", "target", "mount", "swap", "slice", "device", "scope", "automount")


@dataclass(frozen=True, slots=True)
class Unit(Kind):
    """A unit's whole name; one without a type is a service."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if not _NAME.fullmatch(text) or text.startswith(("-", ".")):
            raise ValueError(f"expected a unit such as openvpn-server@branch.service, found {text!r}")
        if re.search(r"@(\.[a-z]+)?$", text):
            raise ValueError(f"{text} is a template: give its instance behind the @")
        return text if text.rpartition(".")[2] in _TYPES and "." in text else f"{text}.service"


@dataclass(frozen=True, slots=True)
class Digest(Kind):
    """Any values, of which only a digest is kept: they may be long, or secret."""

    @override
    def canonical(self, value: Any) -> str:
        if isinstance(value, str) and re.fullmatch(r"sha256:[0-9a-f]{64}", value):
            return value
        content = json.dumps(value, sort_keys=True).encode()
        return f"sha256:{hashlib.sha256(content).hexdigest()}" if value else ""


class Service(Object, kind="service", key=("name",), listed=False, cuts=True):
    """A unit of systemd: whether it runs now and starts at boot. What it was before comes back with destroy.

    The unit must be there: depend on the package or file that brings it; when a unit file changed, systemd is told.
    What is left out stays as it is. A unit that ends right after its start is an error, with the last lines of its
    journal.
    """

    name: Required[Annotated[str, Unit()]] = required("Name of the unit: `openvpn-server@branch`.", replaces=True)
    running: Property[bool] = word("Whether it runs.")
    enabled: Property[bool] = word("Whether it starts at boot.")
    masked: Property[bool] = word("Whether nothing at all can start it.", default="no")
    triggers: Property[Annotated[Sequence[Any], Digest()]] = word(
        "Values whose change starts the unit anew, such as the contents of its files; only a digest of them is kept.",
        default="",
    )
    on_change: Property[Literal["restart", "reload"]] = word("What is done when a trigger changes.", default="restart")
