"""Reads netlink messages: all attributes of small ones, and of large ones those that are wanted (rtnetlink(7)).

Of a link the kernel tells two hundred values, most of them counters; pyroute2 reads them all. What is cut away here is
never read.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

ATTRIBUTE = struct.Struct("=HH")
"""struct nlattr: length, type."""
HEAD = 16
"""Bytes of struct nlmsghdr."""
TYPE = 0x3FFF
"""NLA_TYPE_MASK."""


class Shape(NamedTuple):
    """A kind of message: the struct that it begins with, and how attributes are called and read."""

    head: struct.Struct
    names: tuple[str, ...]
    words: Mapping[int, tuple[str, Callable[[bytes], Any]]]

    def read(self, message: bytes, start: int = HEAD) -> dict[str, Any]:
        """Return a message's values by name; an attribute counts before a value of the head that is called alike."""
        values = dict(zip(self.names, self.head.unpack_from(message, start)))
        for kind, value in attributes(message, start + self.head.size):
            if kind in self.words:
                name, reads = self.words[kind]
                values[name] = reads(value)
        return values


def attributes(message: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield each attribute's type and value."""
    while start + ATTRIBUTE.size <= len(message):
        length, kind = ATTRIBUTE.unpack_from(message, start)
        if length < ATTRIBUTE.size:
            return
        yield kind & TYPE, message[start + ATTRIBUTE.size : start + length]
        start += length + 3 & ~3


def address(value: bytes) -> str:
    """Return an address of either family."""
    return socket.inet_ntop(socket.AF_INET if len(value) == 4 else socket.AF_INET6, value)  # noqa: PLR2004 - of IPv4


def family_address(value: bytes) -> dict[str, Any]:
    """Return an address that says of which family it is (struct rtvia)."""
    return {"family": struct.unpack_from("=H", value)[0], "addr": address(value[2:])}


def text(value: bytes) -> str:
    """Return a text; bytes that are none are told as Python writes them."""
    return value.rstrip(b"\0").decode(errors="backslashreplace")


def number(value: bytes) -> int:
    """Return a number, of as many bytes as there are."""
    return int.from_bytes(value, "little" if struct.pack("=H", 1)[0] else "big")
