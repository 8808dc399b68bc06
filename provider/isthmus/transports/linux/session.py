"""A live connection to an agent: requests and answers as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

from isthmus.errors import ConnectionCut, DeviceError, Unreachable


class Call(NamedTuple):
    """One thing to ask an agent: see `isthmus_agent.calls`."""

    name: str
    arguments: Mapping[str, Any]


class Refusal(DeviceError):  # noqa: N818 - what the host did
    """The host refuses what was asked; nothing of the refused call was changed."""


class Channel(Protocol):
    """Two byte streams to an agent. Every wait ends with the device's timeout as a TimeoutError."""

    @property
    def host_key(self) -> str | None:
        """The fingerprint of the host key, None without SSH."""

    @property
    def jump_host_key(self) -> str | None:
        """The fingerprint of the jump host's key, None without one."""

    def send(self, line: bytes) -> None:
        """Send a line."""

    def receive(self) -> bytes:
        """Return the next line, b'' at the end."""

    def close(self) -> None:
        """End the agent."""

    def ended(self) -> str:
        """Say what the agent printed as it ended, or why it did; '' if it has not ended."""


class Session:
    """An agent that answers. ``about`` is what the host told of itself at the login.

    ``warnings`` are lines for the user; ``host_key`` and ``jump_host_key`` the fingerprints that SSH servers showed.
    """

    def __init__(self, device: str, channel: Channel) -> None:
        self.device = device
        self.usable = True
        self.warnings: tuple[str, ...] = ()
        self.host_key = channel.host_key
        self.jump_host_key = channel.jump_host_key
        self.round_trips = 0
        self._channel = channel
        try:
            (self.about,) = self.calls([Call("about", {})])
        except ConnectionCut as cut:
            raise Unreachable(device, f"the agent does not start there: {cut.cause}") from None

    def calls(self, calls: Sequence[Call]) -> list[Any]:
        """Make calls in one round trip. Raises Refusal for the first that the host refuses, ConnectionCut."""
        replies = self._exchange([[call.name, call.arguments] for call in calls])
        for reply in replies:
            if "refused" in reply:
                raise Refusal(self.device, str(reply["refused"]))
        return [reply["value"] for reply in replies]

    def close(self) -> None:
        """End the agent and its connection."""
        self.usable = False
        self._channel.close()

    def _exchange(self, calls: list[list[Any]]) -> list[dict[str, Any]]:
        self.round_trips += 1
        try:
            self._channel.send(json.dumps({"calls": calls}, separators=(",", ":")).encode() + b"\n")
            line = self._channel.receive()
            replies: list[dict[str, Any]] = json.loads(line)["replies"] if line else self._cut(calls, "")
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            self._cut(calls, str(error))
        return replies

    def _cut(self, calls: list[list[Any]], error: str) -> Any:
        cause = self._channel.ended() or error or "the agent ended"
        self.close()
        raise ConnectionCut(self.device, titled(calls), answered=0, total=0, cause=cause) from None


def titled(calls: Sequence[Sequence[Any]]) -> str:
    """Return what a message says of calls: the first one and its first object."""
    name, arguments = calls[0]
    objects = arguments.get("objects") or [{"kind": arguments.get("kind", ""), "props": arguments.get("props", {})}]
    props = objects[0].get("props", {})
    key = next((str(props[word]) for word in _KEYS if props.get(word)), "")
    others = len(objects) + len(calls) - 2
    return " ".join(filter(None, [name, objects[0].get("kind"), key, f"and {others} more" if others else ""]))


_KEYS: Final = ("name", "address", "dst", "path", "dev", "key")
"""The words by which objects of most kinds are known, for messages."""
