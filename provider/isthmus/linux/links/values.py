"""How the values of links are written: names, times, VLAN numbers, keys."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from typing_extensions import override

from isthmus.declare.values import number
from isthmus.engine import kinds
from isthmus.engine.kinds import Kind, plain

NAME_SIZE = 15
"""Bytes of a link's name (IFNAMSIZ without its end)."""
KEY_SIZE = 32
"""Bytes of a WireGuard key."""
VLANS = 4094
PORTS = 0xFFFF
_RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class LinkName(Kind):
    """A name that the kernel takes for a link (dev_valid_name in net/core/dev.c)."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if not 1 <= len(text.encode()) <= NAME_SIZE:
            raise ValueError(f"expected a name of 1 to {NAME_SIZE} characters, found {text!r}: give a shorter name=")
        if text in {".", ".."} or re.search(r"[/:\s]", text):
            raise ValueError(f"expected a name without / : and blanks, found {text!r}")
        return text


@dataclass(frozen=True, slots=True)
class LinkMac(Kind):
    """The MAC address of one link, lower case as Linux shows it."""

    group: bool = False

    @override
    def canonical(self, value: Any) -> str:
        text = kinds.Mac().canonical(value).lower()
        if "/" in text or (int(text[:2], 16) & 1) != self.group:
            wanted = "a group" if self.group else "one link (its first byte is even)"
            raise ValueError(f"expected the MAC address of {wanted}, found {text!r}")
        return text


@dataclass(frozen=True, slots=True)
class Seconds(Kind):
    """A time in seconds, to the hundredth."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        try:
            seconds = Decimal(text)
        except InvalidOperation:
            raise ValueError(f"expected seconds such as 15 or 0.5, found {text!r}") from None
        if seconds < 0 or seconds != round(seconds, 2):
            raise ValueError(f"expected seconds, at most to the hundredth, found {text!r}")
        return format(seconds.normalize(), "f")

    @override
    def python(self, wire: str) -> Any:
        return float(wire) if "." in wire else int(wire)

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": 0}


@dataclass(frozen=True, slots=True)
class VlanIds(Kind):
    """VLAN numbers and ranges of them, as few ranges as possible."""

    @override
    def canonical(self, value: Any) -> str:
        parts = value if isinstance(value, list | tuple) else plain(value).split(",")
        members = {number for part in parts if plain(part).strip() for number in _numbers(plain(part).strip())}
        return ",".join(_ranges(sorted(members)))

    @override
    def python(self, wire: str) -> Any:
        return wire.split(",") if wire else []

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}}


def _numbers(text: str) -> range:
    found = _RANGE.fullmatch(text)
    low, high = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= low <= high <= VLANS:
        raise ValueError(f"expected a VLAN number or range within 1..{VLANS}, found {text!r}")
    return range(low, high + 1)


def _ranges(members: Sequence[int]) -> list[str]:
    starts = [vid for vid in members if vid - 1 not in set(members)]
    ends = [vid for vid in members if vid + 1 not in set(members)]
    return [str(low) if low == high else f"{low}-{high}" for low, high in zip(starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class PriorityMap(Kind):
    """How a VLAN's priorities map to others, `from:to`."""

    @override
    def canonical(self, value: Any) -> str:
        pairs = [f"{one}:{other}" for one, other in value.items()] if isinstance(value, Mapping) else value
        parts = pairs if isinstance(pairs, list | tuple) else plain(pairs).split(",")
        for part in parts:
            if not re.fullmatch(r"\d+:[0-7]", plain(part)) and not re.fullmatch(r"[0-7]:\d+", plain(part)):
                raise ValueError(f"expected priorities such as 3:5, found {part!r}")
        return ",".join(sorted({plain(part) for part in parts if not plain(part).endswith(":0")}))

    @override
    def python(self, wire: str) -> Any:
        return wire.split(",") if wire else []

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class WireGuardKey(Kind):
    """A WireGuard key, 32 bytes in base64."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        try:
            content = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if len(content) != KEY_SIZE or not any(content):
            raise ValueError(f"expected a WireGuard key, {KEY_SIZE} bytes in base64 as `wg genkey` prints")
        return base64.b64encode(content).decode()


@dataclass(frozen=True, slots=True)
class Endpoint(Kind):
    """An address with a port."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        host, _, port = text.rpartition(":")
        address = kinds.Address()
        try:
            spelled = address.canonical(host.removeprefix("[").removesuffix("]"))
            bare = (":" in spelled) != host.startswith("[")
        except ValueError:
            bare = True
        if bare or not port.isdecimal() or not 0 < int(port) <= PORTS:
            raise ValueError(
                f"expected an address and port such as 192.0.2.1:51820 or [2001:db8::1]:51820, found {text!r}; "
                "WireGuard keeps no names"
            )
        return f"[{spelled}]:{int(port)}" if ":" in spelled else f"{spelled}:{int(port)}"


Mark = Annotated[int, number(0, 0xFFFFFFFF)]
Byte = Annotated[int, number(0, 255)]
Port = Annotated[int, number(0, PORTS)]
Name = Annotated[str, LinkName()]
LinkAddress = Annotated[str, LinkMac()]
Time = Annotated[float, Seconds()]
Ids = Annotated[Sequence[str], VlanIds()]
