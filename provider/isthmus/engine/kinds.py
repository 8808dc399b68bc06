"""Kinds of values: how a property is checked and spelled, so that one value has one spelling.

A kind turns whatever a person or a router writes into the canonical wire text, and that into the Python
value a resource shows. `canonical` is idempotent. Spellings follow what routers print (recorded sessions and
MikroTik's manual, "Console: value types").
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from isthmus.engine import durations
from isthmus.engine.version import Version, parse


@dataclass(frozen=True, slots=True)
class Kind:
    """Text without any structure of its own."""

    def canonical(self, value: Any) -> str:
        """Return the one spelling of `value`; ValueError says what was expected."""
        return plain(value)

    def python(self, wire: str) -> Any:
        """Return the value that a resource shows for a canonical spelling."""
        return wire

    def since(self, wire: str) -> Version | None:
        """Return the version that brought this value, or None if every version knows it."""
        return None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(lambda value: self.python(self.canonical(value)))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.json_schema()

    def json_schema(self) -> dict[str, Any]:
        """Return what JSON schema can say of the kind."""
        return {"type": "string"}


def plain(value: Any) -> str:
    """Spell a Python value as the router's console does."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(plain(part) for part in value)
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError(f"expected text, a number or yes/no, found {type(value).__name__}")


@dataclass(frozen=True, slots=True)
class YesNo(Kind):
    """A switch; routers print true/false or yes/no."""

    def canonical(self, value: Any) -> str:
        text = plain(value).lower()
        if text in {"yes", "true"}:
            return "yes"
        if text in {"no", "false"}:
            return "no"
        raise ValueError(f"expected yes or no, found {value!r}")

    def python(self, wire: str) -> Any:
        return wire == "yes"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Flag(YesNo):
    """A switch that a router prints as an empty value when it is on, and not at all when off (`fib`)."""

    def canonical(self, value: Any) -> str:
        return "yes" if value == "" else YesNo.canonical(self, value)


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A whole number, in decimal or 0x-hexadecimal; words such as `auto` may stand in its place."""

    low: int | None = None
    high: int | None = None
    words: tuple[str, ...] = ()

    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        if text in self.words:
            return text
        try:
            number = int(text, 16) if text.lower().startswith("0x") else int(text)
        except ValueError:
            raise ValueError(f"expected {self._expected()}, found {value!r}") from None
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            raise ValueError(f"expected {self._expected()}, found {number}")
        return str(number)

    def _expected(self) -> str:
        span = f" {self.low}..{self.high}" if self.high is not None else ""
        return " or ".join([f"a whole number{span}", *self.words])

    def python(self, wire: str) -> Any:
        return wire if wire in self.words else int(wire)

    def json_schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.low, "maximum": self.high}
        number = {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}
        return {"anyOf": [number, {"enum": list(self.words)}]} if self.words else number


@dataclass(frozen=True, slots=True)
class Duration(Kind):
    """A length of time (`1w2d`, `10s`, `00:30:00`, or seconds), as the router normalises it."""

    words: tuple[str, ...] = ()

    def canonical(self, value: Any) -> str:
        text = plain(value)
        return text if text in self.words else durations.canonical(text)


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of the router's own words; `since` tells the version of those that came later."""

    values: tuple[str, ...]
    came: Mapping[str, str] = field(default_factory=dict, hash=False)
    numbers: bool = False

    def canonical(self, value: Any) -> str:
        text = plain(value)
        if text in self.values or (self.numbers and text.isdigit()):
            return text
        raise ValueError(f"expected one of {', '.join(self.values)}, found {text!r}")

    def since(self, wire: str) -> Version | None:
        came = self.came.get(wire)
        return parse(came) if came else None

    def json_schema(self) -> dict[str, Any]:
        known = {"enum": list(self.values)}
        return {"anyOf": [known, {"type": "integer"}]} if self.numbers else known


@dataclass(frozen=True, slots=True)
class Mac(Kind):
    """A MAC address, upper case."""

    def canonical(self, value: Any) -> str:
        text = plain(value).upper().replace("-", ":")
        if not re.fullmatch(r"([0-9A-F]{2}:){5}[0-9A-F]{2}(/([0-9A-F]{2}:){5}[0-9A-F]{2})?", text):
            raise ValueError(f"expected a MAC address such as 00:00:5E:00:53:01, found {value!r}")
        return text


@dataclass(frozen=True, slots=True)
class Address(Kind):
    """One IP address."""

    family: Literal[4, 6] | None = None
    words: tuple[str, ...] = ()

    def canonical(self, value: Any) -> str:
        text = plain(value)
        if text in self.words:
            return text
        address = _address(text)
        if self.family not in (None, address.version):
            raise ValueError(f"expected an IPv{self.family} address, found {text!r}")
        return str(address)


@dataclass(frozen=True, slots=True)
class Prefix(Kind):
    """An IP prefix.

    host_bits: what becomes of bits right of the prefix: `clear` (a network), `keep` (an interface's address).
    single: how one address is spelled: `plain` (10.0.0.1) or `full` (10.0.0.1/32).
    ranges: whether `a-b` may stand for it; a range that is a prefix is spelled as one.
    names: whether a DNS name may stand for it.
    """

    family: Literal[4, 6] | None = None
    host_bits: Literal["clear", "keep"] = "clear"
    single: Literal["plain", "full"] = "plain"
    ranges: bool = False
    names: bool = False

    def canonical(self, value: Any) -> str:
        text = plain(value)
        if self.ranges and "-" in text and not re.search(r"[g-zG-Z]", text):
            return self._range(text)
        try:
            interface = ipaddress.ip_interface(text)
        except ValueError:
            if self.names and re.fullmatch(r"(?!\d+(\.\d+)*$)[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\.?", text):
                return text
            raise ValueError(f"expected {self._expected()}, found {text!r}") from None
        return self._spell(interface)

    def _spell(self, interface: ipaddress.IPv4Interface | ipaddress.IPv6Interface) -> str:
        if self.family not in (None, interface.version):
            raise ValueError(f"expected {self._expected()}, found {interface}")
        if interface.network.prefixlen == interface.max_prefixlen and self.single == "plain":
            return str(interface.ip)
        return str(interface if self.host_bits == "keep" else interface.network)

    def _range(self, text: str) -> str:
        low, _, high = text.partition("-")
        first, last = _address(low), _address(high)
        if first.version != last.version or int(first) > int(last):
            raise ValueError(f"expected a range from a lower to a higher address, found {text!r}")
        networks = list(ipaddress.summarize_address_range(first, last))
        if len(networks) == 1:
            return self._spell(ipaddress.ip_interface(str(networks[0])))
        return f"{first}-{last}"

    def _expected(self) -> str:
        family = f"IPv{self.family}" if self.family else "IP"
        example = "2001:db8::/64" if self.family == 6 else "192.0.2.0/24"  # noqa: PLR2004
        return f"an {family} prefix such as {example}" + (" or a DNS name" if self.names else "")


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        raise ValueError(f"expected an IP address such as 192.0.2.1, found {text!r}") from None


@dataclass(frozen=True, slots=True)
class Ports(Kind):
    """Ports and ranges of them, comma-separated, in the order given."""

    def canonical(self, value: Any) -> str:
        return ",".join(self._one(part.strip()) for part in plain(value).split(","))

    def _one(self, text: str) -> str:
        low, dash, high = text.partition("-")
        if not low.isdigit() or (dash and not high.isdigit()) or int(high or low) > 0xFFFF or int(high or low) < int(low):
            raise ValueError(f"expected ports such as 80,443 or 1000-2000 up to 65535, found {text!r}")
        return str(int(low)) if not dash or int(low) == int(high) else f"{int(low)}-{int(high)}"


@dataclass(frozen=True, slots=True)
class ListOf(Kind):
    """Several values, comma-separated; where their order means nothing they are sorted."""

    of: Kind = Kind()
    ordered: bool = False

    def canonical(self, value: Any) -> str:
        parts = value if isinstance(value, list | tuple | set | frozenset) else plain(value).split(",")
        spelled = [self.of.canonical(part.strip() if isinstance(part, str) else part) for part in parts if part != ""]
        return ",".join(spelled if self.ordered else sorted(set(spelled)))

    def python(self, wire: str) -> Any:
        return [self.of.python(part) for part in wire.split(",")] if wire else []

    def since(self, wire: str) -> Version | None:
        came = [self.of.since(part) for part in wire.split(",")]
        return max((version for version in came if version), default=None)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.of.json_schema()}


@dataclass(frozen=True, slots=True)
class Negatable(Kind):
    """A matcher's value, which `!` in front turns into its opposite."""

    of: Kind = Kind()

    def canonical(self, value: Any) -> str:
        text = plain(value)
        if text.startswith("!"):
            return "!" + self.of.canonical(text[1:].strip())
        return self.of.canonical(value)

    def python(self, wire: str) -> Any:
        return wire if wire.startswith("!") else self.of.python(wire)

    def since(self, wire: str) -> Version | None:
        return self.of.since(wire.removeprefix("!"))

    def json_schema(self) -> dict[str, Any]:
        return self.of.json_schema()
