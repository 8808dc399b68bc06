"""One router as the resources of a run share it: its snapshots, its writes, its one change at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from isthmus.devices import RouterOSDevice
from isthmus.engine.mark import Mark
from isthmus.engine.version import Version, parse
from isthmus.errors import DeviceError
from isthmus.transact.commands import printing
from isthmus.transports.routeros import Command, Pool, Reply

Row = Mapping[str, str]


class Router:
    """A RouterOS device of this run.

    One print of a menu serves every refresh in it (`snapshot`); a change reads what it needs anew (`print`).
    acknowledged: whose notes in the journal have served, since Pulumi has kept what they say.
    """

    def __init__(self, device: RouterOSDevice, pool: Pool, config: Mapping[str, str]) -> None:
        self.device = device
        self.name = device.name
        self.changing = threading.RLock()
        self.acknowledged: set[Mark] = set()
        self._pool = pool
        self._config = config
        self._snapshots: dict[str, dict[str, Row]] = {}
        self._reading: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    @cached_property
    def version(self) -> Version:
        """The version that the router told at login; what differs from the lock file is said once."""
        with self._pool.session(self.device, self._config) as session:
            for warning in session.warnings:
                print(f"warning: {warning}", flush=True)
            return parse(session.version)

    def batch(self, commands: Sequence[Command]) -> list[Reply]:
        """Send commands in as few round trips as possible; a refusal is in its reply."""
        with self._pool.session(self.device, self._config) as session:
            return session.batch(commands)

    def print(self, path: str, *queries: str) -> list[Row]:
        """Read rows anew."""
        (reply,) = self.batch([printing(path, *queries)])
        return self.rows(path, reply)

    def rows(self, path: str, reply: Reply) -> list[Row]:
        """Return the rows of a print, or raise what the router refused it with."""
        if reply.error:
            raise self.refusal(path, "print", reply.error)
        return list(reply.rows)

    def snapshot(self, path: str) -> list[Row]:
        """Return the rows of a menu as first read in this run, with this run's own changes."""
        with self._guard:
            reading = self._reading.setdefault(path, threading.Lock())
        with reading:
            if path not in self._snapshots:
                self._snapshots[path] = {row.get(".id", ""): row for row in self.print(path)}
            return list(self._snapshots[path].values())

    def remember(self, path: str, rows: Iterable[Row], gone: Iterable[str] = ()) -> None:
        """Take a change of this run into the snapshot."""
        known = self._snapshots.get(path)
        if known is None:
            return
        with self._guard:
            self._snapshots[path] = {**known, **{row.get(".id", ""): row for row in rows}}
            for row in gone:
                self._snapshots[path].pop(row, None)

    def forget(self, path: str) -> None:
        """Let the next refresh read a menu anew, because its order changed."""
        self._snapshots.pop(path, None)

    def refusal(self, path: str, verb: str, error: str, remedy: str = "") -> DeviceError:
        """Return the error for what the router refused, with what to do where that is known."""
        advice = remedy or next((text for words, text in _ADVICE.items() if words in error), "")
        told = advice.format(user=self.device.user, version=self.version)
        return DeviceError(self.name, f"{path}: cannot {verb}: {error}{'; ' if told else ''}{told}")


_TAKEN = (
    "name this one differently, remove the other, or take it over with adopt=True (an Item is told its row by `key`)"
)
_ADVICE = {
    "not enough permissions": "give the group of user {user!r} the policies api, read, write, policy and sensitive",
    "no such command": "this router has no such menu: correct its path, or check the router's version and packages",
    "unknown parameter": "RouterOS {version} has no such word in this menu: correct it or remove it",
    "input does not match": "correct it, or make first what it names and refer to it by its resource",
    "already": _TAKEN,
    "such name exists": _TAKEN,
    "out of range": "correct the value",
}
"""What to do about what a router refuses with these words."""
