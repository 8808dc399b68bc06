"""What must survive a killed run stands on the device: locks, intents, former values.

On RouterOS each entry is a script of its own that is never run. It holds no secret. One that says what was there
before, or that a row without a mark is ours, stays until Pulumi is known to have kept that: an answer may be lost.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

from isthmus.engine.mark import Mark
from isthmus.transports.routeros import Command, Reply

MENU = "/system/script"
LOCK = "isthmus-lock"
LEASE = 120
"""Seconds after which another run may take over a lock."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a device's lock: the stack (as in marks), for people by name, until when (seconds since 1970)."""

    stack: str
    name: str
    until: float

    @classmethod
    def read(cls, source: str) -> Holder:
        """Read a lock; one that cannot be read has expired."""
        try:
            entry = json.loads(source)
            return cls(str(entry["stack"]), str(entry["name"]), float(entry["until"]))
        except (ValueError, KeyError, TypeError):
            return cls("", "unknown", 0)


def take(stack: str, name: str) -> Command:
    """Return the command that takes the lock; it fails where someone holds it."""
    return _add(LOCK, _holding(stack, name))


def renew(lock: str, stack: str, name: str) -> Command:
    """Return the command that holds a lock on for a whole lease; it fails where another run took it over."""
    return Command(f"{MENU}/set", {".id": lock, "source": _source(_holding(stack, name))})


def release(lock: str) -> Command:
    """Return the command that gives a lock back, by its id: a lock that another run took over since stays."""
    return Command(f"{MENU}/remove", {".id": lock})


def ask() -> Command:
    """Return the command that shows who holds the lock."""
    return _print(LOCK)


def intend(mark: Mark, intent: Mapping[str, object]) -> Command:
    """Return the command that notes what is about to be done."""
    return _add(_intent(mark), intent)


def amend(mark: Mark, intent: Mapping[str, object]) -> Command:
    """Return the command that notes it otherwise, at once: a note is never missing in between."""
    return Command(f"{MENU}/set", {"numbers": _intent(mark), "source": _source(intent)})


def intended(mark: Mark) -> Command:
    """Return the command that shows what was about to be done."""
    return _print(_intent(mark))


def done(mark: Mark) -> Command:
    """Return the command that removes the note."""
    return Command(f"{MENU}/remove", {"numbers": _intent(mark)})


def entry(reply: Reply) -> dict[str, object] | None:
    """Return what a printed entry notes, None if there is none."""
    for row in reply.rows:
        try:
            noted = json.loads(row.get("source", ""))
        except ValueError:
            noted = {}
        return noted if isinstance(noted, dict) else {}
    return None


def _intent(mark: Mark) -> str:
    return f"isthmus-intent-{mark.stack}-{mark.resource}"


def _holding(stack: str, name: str) -> dict[str, object]:
    return {"stack": stack, "name": name, "until": round(time.time() + LEASE)}


def _add(name: str, content: Mapping[str, object]) -> Command:
    return Command(f"{MENU}/add", {"name": name, "source": _source(content), "policy": "read"})


def _source(content: Mapping[str, object]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def _print(name: str) -> Command:
    return Command(f"{MENU}/print", {}, (f"name={name}",))
