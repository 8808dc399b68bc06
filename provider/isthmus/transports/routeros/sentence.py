"""Sentences of the RouterOS API: commands as bytes, and replies read back from bytes.

Source: MikroTik's manual, "API"; the framing is librouteros's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from librouteros.exceptions import FatalError, ProtocolError
from librouteros.protocol import decode_length, determine_length, encode_length

from isthmus.transports.routeros import octets

Read = Callable[[int], bytes]
"""Reads exactly so many bytes, or raises."""


@dataclass(frozen=True, slots=True)
class Command:
    """One sentence to a router: ``path`` such as ``/ip/address/add``, attributes, queries without their ``?``."""

    path: str
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)
    queries: tuple[str, ...] = field(default=(), repr=False)

    def encode(self) -> bytes:
        """Return the sentence as it is sent."""
        attributes = (f"={name}={value}" for name, value in self.attributes.items())
        queries = (f"?{query}" for query in self.queries)
        words = map(octets.encode, (self.path, *attributes, *queries))
        return b"".join(encode_length(len(word)) + word for word in words) + b"\x00"


@dataclass(frozen=True, slots=True)
class Reply:
    """All that a router answered to one command.

    ``ret`` is the value of ``!done``, for example the id of an added row. ``error`` is the message of a ``!trap``,
    several joined by a semicolon, and ``category`` the first one's.
    """

    rows: tuple[Mapping[str, str], ...] = field(default=(), repr=False)
    ret: str | None = field(default=None, repr=False)
    error: str | None = None
    category: int | None = None


def read_reply(read: Read) -> Reply:
    """Read up to and including ``!done``.

    Raises librouteros's FatalError for ``!fatal`` and ProtocolError for what is no reply.
    """
    rows: list[dict[str, str]] = []
    traps: list[dict[str, str]] = []
    while True:
        kind, words = read_sentence(read)
        match kind:
            case "!re":
                rows.append(_attributes(words))
            case "!trap":
                traps.append(_attributes(words))
            case "!empty":
                pass
            case "!done":
                return _reply(rows, traps, _attributes(words).get("ret"))
            case "!fatal":
                raise FatalError(" ".join(words))
            case _:
                raise ProtocolError("an answer that is not the RouterOS API's")


def read_sentence(read: Read) -> tuple[str, list[str]]:
    """Read one sentence: its first word and the others."""
    first = _read_word(read)
    return first, list(iter(lambda: _read_word(read), "")) if first else []


def _read_word(read: Read) -> str:
    first = read(1)
    length = decode_length(first + read(determine_length(first)))
    return octets.decode(read(length))


def _attributes(words: list[str]) -> dict[str, str]:
    parts = (word.split("=", 2) for word in words if word.startswith("="))
    return {part[1]: part[2] if len(part) > 2 else "" for part in parts}  # noqa: PLR2004 - "", name, value


def _reply(rows: list[dict[str, str]], traps: list[dict[str, str]], ret: str | None) -> Reply:
    if not traps:
        return Reply(tuple(rows), ret)
    category = traps[0].get("category", "")
    return Reply(
        tuple(rows),
        ret,
        error="; ".join(trap.get("message", "no message") for trap in traps),
        category=int(category) if category.isdigit() else None,
    )
