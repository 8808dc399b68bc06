"""A netlink socket for many requests at once, and for whole dumps (netlink(7), linux/netlink.h).

pyroute2 sends one request and waits for its answer, through an event loop; of hundreds of tunnels that is most of
the cost. Here requests go side by side in one message to the kernel, and each answer is told by its number.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.wire_words import attributes, text
from isthmus_agent.within import within

HEADER = struct.Struct("=IHHII")
"""struct nlmsghdr: length, type, flags, number, port."""
ERROR, DONE = 2, 3
REQUEST, ACK, DUMP = 0x1, 0x4, 0x300
INTERRUPTED, EXPLAINED = 0x10, 0x200
"""NLM_F_DUMP_INTR: something changed while it was dumped. NLM_F_ACK_TLVS: an answer says more than a number."""
_OPTIONS, _SHORT_ACKS, _REASONS, _STRICT = 270, 10, 11, 12
"""SOL_NETLINK; NETLINK_CAP_ACK, NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK."""
_CODE = struct.Struct("=i")
_SAID = 1
"""NLMSGERR_ATTR_MSG."""
TOGETHER = 64
"""Requests in one message: their answers must fit into what the kernel keeps for a slow reader."""
ATTEMPTS = 20
SECONDS = 30
_ROOM = 1 << 18


class Wire:
    """A socket of a namespace. `sent` counts messages to the kernel, for whoever measures."""

    def __init__(self, netns: str) -> None:
        with within(netns):
            self._socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, 0)
        self._socket.settimeout(SECONDS)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
        for option in (_SHORT_ACKS, _REASONS, _STRICT):
            with suppress(OSError):
                self._socket.setsockopt(_OPTIONS, option, 1)
        self._socket.bind((0, 0))
        self._numbers = count(1)
        self.sent = 0

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def deliver(self, requests: Sequence[bytes]) -> list[NetlinkError | None]:
        """Send requests in their order; returns of each why the kernel refuses it, None where it does not."""
        parts = [requests[start : start + TOGETHER] for start in range(0, len(requests), TOGETHER)]
        return [answer for part in parts for answer in self._delivered(part)]

    def dump(self, kind: int, body: bytes) -> list[bytes]:
        """Return the messages of a dump, asked again where something changed meanwhile."""
        for _ in range(ATTEMPTS):
            messages = list(self._dumped(kind, body))
            if not any(_flags(message) & INTERRUPTED for message in messages):
                return messages[:-1]
        raise Refused("the kernel's tables change faster than they can be read: run again")

    def _delivered(self, requests: Sequence[bytes]) -> list[NetlinkError | None]:
        numbered = [(next(self._numbers), request) for request in requests]
        self._send(b"".join(_numbered(number, request, ACK) for number, request in numbered))
        waiting = {number for number, _ in numbered}
        answers: dict[int, NetlinkError | None] = {}
        while waiting:
            for number, message in self._received():
                if number in waiting:
                    waiting.remove(number)
                    answers[number] = _failure(message)
        return [answers[number] for number, _ in numbered]

    def _dumped(self, kind: int, body: bytes) -> Iterator[bytes]:
        """Yield the messages of a dump, and its end."""
        mine = next(self._numbers)
        self._send(_numbered(mine, HEADER.pack(0, kind, 0, 0, 0) + body, DUMP))
        while True:
            for number, message in self._received():
                if number == mine:
                    _raise(message)
                    yield message
                    if _type(message) == DONE:
                        return

    def _send(self, message: bytes) -> None:
        self.sent += 1
        self._socket.send(message)

    def _received(self) -> Iterator[tuple[int, bytes]]:
        """Yield what the kernel says next, with the number that it answers."""
        data = self._socket.recv(_ROOM)
        start = 0
        while start < len(data):
            length, _, _, number, _ = HEADER.unpack_from(data, start)
            yield number, data[start : start + length]
            start += length + 3 & ~3


def _numbered(number: int, request: bytes, flags: int) -> bytes:
    _, kind, given, _, _ = HEADER.unpack_from(request)
    head = HEADER.pack(len(request), kind, given | REQUEST | flags, number, 0)
    return head + request[HEADER.size :] + bytes(-len(request) % 4)


def _type(message: bytes) -> int:
    return int(HEADER.unpack_from(message)[1])


def _flags(message: bytes) -> int:
    return int(HEADER.unpack_from(message)[2])


def _raise(message: bytes) -> None:
    failure = _failure(message) if _type(message) in (ERROR, DONE) and len(message) > HEADER.size else None
    if failure is not None:
        raise failure


def _failure(message: bytes) -> NetlinkError | None:
    (code,) = _CODE.unpack_from(message, HEADER.size)
    return NetlinkError(-code, _reason(message)) if code < 0 else None


def _reason(message: bytes) -> str:
    """Return what the kernel says besides the number; it tells of the request no more than its header."""
    if not _flags(message) & EXPLAINED:
        return ""
    start = HEADER.size + _CODE.size + (HEADER.size if _type(message) == ERROR else 0)
    return next((text(value) for kind, value in attributes(message, start) if kind == _SAID), "")
