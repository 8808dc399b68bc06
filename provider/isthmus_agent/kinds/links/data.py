"""How a property of a link travels: by which netlink attribute, and in which spelling."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def as_it_is(value: Any) -> Any:
    """Return a value that the kernel spells as we do."""
    return value


@dataclass(frozen=True)
class Word:
    """One property of a kind of link.

    attribute: the netlink attribute, `IFLA_GRE_LOCAL`; its name for writing follows from it. fixed: the kernel
    cannot change it on a link that is there.
    """

    attribute: str
    to_kernel: Callable[[Any], Any] = as_it_is
    from_kernel: Callable[[Any], Any] = as_it_is
    fixed: bool = False

    @property
    def argument(self) -> str:
        """The name under which pyroute2 takes it."""
        return self.attribute.removeprefix("IFLA_").lower()


def flag(attribute: str, *, fixed: bool = False) -> Word:
    """Return a property that is on or off."""
    return Word(attribute, int, bool, fixed)


def address(attribute: str, *, fixed: bool = False) -> Word:
    """Return an address; the kernel's all-zero one stands for none."""
    return Word(attribute, as_it_is, _address, fixed)


def _address(value: str) -> str:
    parsed = ipaddress.ip_address(value)
    return "" if parsed.is_unspecified else str(parsed)
