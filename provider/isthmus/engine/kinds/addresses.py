"""Addresses, prefixes and where routes lead."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Any, Literal

from typing_extensions import override

from isthmus.engine.kinds.kind import Kind, plain


@dataclass(frozen=True, slots=True)
class Address(Kind):
    """One IP address."""

    family: Literal[4, 6] | None = None
    words: tuple[str, ...] = ()

    @override
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

    @override
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


@dataclass(frozen=True, slots=True)
class Mac(Kind):
    """A MAC address, upper case."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).upper().replace("-", ":")
        if not re.fullmatch(r"([0-9A-F]{2}:){5}[0-9A-F]{2}(/([0-9A-F]{2}:){5}[0-9A-F]{2})?", text):
            raise ValueError(f"expected a MAC address such as 00:00:5E:00:53:01, found {value!r}")
        return text


@dataclass(frozen=True, slots=True)
class Host(Kind):
    """An IP address, or a name that stands for one."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip()
        try:
            return str(ipaddress.ip_address(text))
        except ValueError:
            if not text or re.fullmatch(r"[\d.]+", text):
                raise ValueError(f"expected an IP address or a name, found {text!r}") from None
            return text


@dataclass(frozen=True, slots=True)
class Gateway(Kind):
    """Where a route leads: addresses (`%` an interface, `@` a table) or interfaces, comma-separated."""

    @override
    def canonical(self, value: Any) -> str:
        return ",".join(self._one(part.strip()) for part in plain(value).split(","))

    def _one(self, text: str) -> str:
        host, *rest = re.split(r"(?=[%@])", text, maxsplit=1)
        return Host().canonical(host) + "".join(rest)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        raise ValueError(f"expected an IP address such as 192.0.2.1, found {text!r}") from None
