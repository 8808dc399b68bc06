"""Text as routers keep it: UTF-8, and bytes that are none, which survive in a spelling of their own.

WinBox writes Windows-1252 into comments. A byte that is not UTF-8 becomes one character of the private use area,
U+EF80 for 0x80 to U+EFFF for 0xFF, as MirBSD's OPTU-8 does: unlike Python's surrogates these pass through protobuf
and JSON, and unlike escapes they cannot be what a person typed. A router's text that holds such a character already is
read as its three bytes, so that every text of a router comes back to it byte for byte.
"""

from __future__ import annotations

import re

_SURROGATES = 0xDC00
_PRIVATE = 0xEF00
_PRIVATE_BYTES = re.compile(rb"\xee[\xbe\xbf][\x80-\xbf]")
_PRIVATE_TEXT = re.compile("[\uef80-\uefff]")
_TO_PRIVATE = {_SURROGATES + byte: _PRIVATE + byte for byte in range(0x80, 0x100)}


def decode(data: bytes) -> str:
    """Return a router's bytes as text; it never fails, and `encode` gives the same bytes back."""
    parts = _PRIVATE_BYTES.split(data)
    between = [*_PRIVATE_BYTES.findall(data), b""]
    return "".join(_text(part) + _raw(private) for part, private in zip(parts, between, strict=True))


def encode(text: str) -> bytes:
    """Return text as a router's bytes; UnicodeEncodeError where it is no text at all (a lone surrogate)."""
    parts = _PRIVATE_TEXT.split(text)
    between = [*(bytes([ord(char) - _PRIVATE]) for char in _PRIVATE_TEXT.findall(text)), b""]
    return b"".join(part.encode() + byte for part, byte in zip(parts, between, strict=True))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape").translate(_TO_PRIVATE)


def _raw(data: bytes) -> str:
    return "".join(chr(_PRIVATE + byte) for byte in data)
