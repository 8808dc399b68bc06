"""A change of one device: lock, read, compute, write, read again, unlock.

The lock and the first reads travel together, and so do the writes and the read that verifies them. A device's own
undo timer belongs between computing and writing, and is disarmed after the verification.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from isthmus.engine.order import NoAnchor
from isthmus.errors import ConnectionCut, DeviceError
from isthmus.transact import journal
from isthmus.transact.router import Router
from isthmus.transports.routeros import Command, Reply

PATIENCE = 60
"""Seconds to wait for another run's lock."""
POLL = 0.2
"""Seconds between two looks at it."""
RENEWAL = journal.LEASE / 4
"""Seconds after which a lock is renewed before more is sent."""
SHARE = 500
"""Commands sent between two looks at the lease: a slow router takes some hundredths of a second for each."""


class Owner(NamedTuple):
    """The stack that changes a device: its hash as in marks, and its name for people."""

    stack: str
    name: str


class Transaction:
    """One change under way; `replies` answer the reads that it began with."""

    def __init__(self, router: Router, owner: Owner, lock: str, replies: Sequence[Reply]) -> None:
        self.router = router
        self.replies = replies
        self._owner = owner
        self._lock = lock
        self._held = time.monotonic()
        self._ending = [journal.release(lock)]
        self._undoing: list[Command] = []

    def run(self, commands: Sequence[Command]) -> list[Reply]:
        """Send commands; refusals are in the replies. A lock that another run took over ends the change."""
        replies = []
        for start in range(0, len(commands), SHARE):
            self._hold()
            replies += self.router.batch(commands[start : start + SHARE])
        return replies

    def _hold(self) -> None:
        """Renew the lock where much of its lease is over."""
        if time.monotonic() - self._held < RENEWAL:
            return
        (reply,) = self.router.batch([journal.renew(self._lock, *self._owner)])
        if reply.error:
            raise DeviceError(
                self.router.name,
                f"{journal.MENU}: the lock {journal.LOCK!r} was taken over by another run while this one was slow "
                f"({reply.error}); run again when that run is done",
            )
        self._held = time.monotonic()

    def at_end(self, command: Command) -> None:
        """Send a command together with the unlocking, if the change goes well."""
        self._ending.insert(0, command)

    def if_refused(self, *commands: Command) -> None:
        """Send commands together with the unlocking, if the router refuses the change; not if a connection is cut."""
        self._undoing += commands

    def end(self) -> None:
        """Unlock. The change stands and was read back: a connection that is cut only now must not make it fail."""
        served = {mark: journal.done(mark) for mark in tuple(self.router.acknowledged)}
        try:
            self.router.batch([*served.values(), *self._ending])
        except ConnectionCut:
            self.router.batch([*served.values(), *self._ending])
        self.router.acknowledged.difference_update(served)

    def abandon(self, error: BaseException) -> None:
        """Unlock after an error, which is what the user must hear; a lock that stays is the stack's next run's."""
        refused = isinstance(error, DeviceError) and not isinstance(error, ConnectionCut)
        with suppress(DeviceError):
            self.router.batch([*(self._undoing if refused else []), self._ending[-1]])


@contextmanager
def transaction(router: Router, owner: Owner, reads: Sequence[Command]) -> Iterator[Transaction]:
    """Hold the device's lock while the block runs; no two changes of one device are ever under way."""
    with router.changing:
        change = Transaction(router, owner, *_lock(router, owner, reads))
        try:
            yield change
        except NoAnchor as gone:
            change.abandon(gone)
            menu = reads[0].path.removesuffix("/print")
            raise DeviceError(
                router.name, f"{menu}: place: {gone}; name a resource, or a rule by its comment"
            ) from None
        except BaseException as error:
            change.abandon(error)
            raise
        change.end()


def _lock(router: Router, owner: Owner, reads: Sequence[Command]) -> tuple[str, list[Reply]]:
    deadline = time.monotonic() + PATIENCE
    while True:
        taken, *replies = router.batch([journal.take(owner.stack, owner.name), *reads])
        if not taken.error:
            return taken.ret or "", replies
        _make_room(router, owner, taken.error, deadline)


def _make_room(router: Router, owner: Owner, error: str, deadline: float) -> None:
    """Take a dead run's lock away, or wait for a live one.

    Pulumi lets one run of a stack change it at a time, so a lock of this stack's is a dead run's.
    """
    (reply,) = router.batch([journal.ask()])
    if reply.error or not (reply.rows or "already" in error):
        raise router.refusal(journal.MENU, "lock the router", reply.error or error)
    for row in reply.rows:
        holder = journal.Holder.read(row.get("source", ""))
        if holder.stack == owner.stack or holder.until < time.time():
            router.batch([journal.release(row[".id"])])
        elif time.monotonic() > deadline:
            raise DeviceError(
                router.name,
                f"{journal.MENU}: locked by a run of {holder.name}; wait for it to end, or remove the script "
                f"{journal.LOCK!r} if that run is dead",
            )
        else:
            time.sleep(POLL)
