"""Reads and writes netlink messages by tables of their attributes (netlink(7), linux/netlink.h)."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Optional

ATTRIBUTE = struct.Struct("=HH")
"""struct nlattr: length, type."""
HEAD = 16
"""Bytes of struct nlmsghdr."""
TYPE = 0x3FFF
"""NLA_TYPE_MASK."""


Word = tuple[str, Callable[[bytes], Any], Optional[Callable[[Any], bytes]]]
"""An attribute's name, what reads it and what writes it, None for one that only the kernel writes."""


class Shape(NamedTuple):
    """A kind of message: the struct that it begins with, and how attributes are called, read and written."""

    head: struct.Struct
    names: tuple[str, ...]
    words: Mapping[int, Word]

    def read(self, message: bytes, start: int = HEAD) -> dict[str, Any]:
        """Return a message's values by name; an attribute counts before a value of the head that is called alike."""
        values = dict(zip(self.names, self.head.unpack_from(message, start)))
        for kind, value in attributes(message, start + self.head.size):
            if kind in self.words:
                name, reads, _ = self.words[kind]
                values[name] = reads(value)
        return values

    def write(self, head: Mapping[str, int], given: Mapping[str, Any]) -> bytes:
        """Return a message with values of its head and attributes; None stands for an attribute that is not there."""
        parts = [
            attribute(kind, writes(given[name]))
            for kind, (name, _, writes) in self.words.items()
            if writes is not None and given.get(name) is not None
        ]
        return self.head.pack(*(head.get(name, 0) for name in self.names)) + b"".join(parts)


def attributes(message: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield each attribute's type and value."""
    while start + ATTRIBUTE.size <= len(message):
        length, kind = ATTRIBUTE.unpack_from(message, start)
        if length < ATTRIBUTE.size:
            return
        yield kind & TYPE, message[start + ATTRIBUTE.size : start + length]
        start += length + 3 & ~3


def attribute(kind: int, value: bytes) -> bytes:
    """Return an attribute."""
    return ATTRIBUTE.pack(ATTRIBUTE.size + len(value), kind) + value + bytes(-len(value) % 4)


def address(value: bytes) -> str:
    """Return an address of either family."""
    return socket.inet_ntop(socket.AF_INET if len(value) == 4 else socket.AF_INET6, value)  # noqa: PLR2004 - of IPv4


def family_address(value: bytes) -> dict[str, Any]:
    """Return an address that says of which family it is (struct rtvia)."""
    return {"family": struct.unpack_from("=H", value)[0], "addr": address(value[2:])}


def packed(text: str) -> bytes:
    """Return the bytes of an address of either family."""
    return socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)


def packed_with_family(via: Mapping[str, Any]) -> bytes:
    """Return the bytes of an address that says of which family it is."""
    return struct.pack("=H", via["family"]) + packed(via["addr"])


def word(value: int) -> bytes:
    """Return the bytes of a number of 32 bits."""
    return struct.pack("=I", value)


def ended(value: str) -> bytes:
    """Return the bytes of a text, with the zero that ends it."""
    return value.encode() + b"\0"


def text(value: bytes) -> str:
    """Return a text; bytes that are none are told as Python writes them."""
    return value.rstrip(b"\0").decode(errors="backslashreplace")


def number(value: bytes) -> int:
    """Return a number, of as many bytes as there are."""
    return int.from_bytes(value, "little" if struct.pack("=H", 1)[0] else "big")
