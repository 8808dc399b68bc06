"""One change of a host at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.record import Record


@contextmanager
def alone(host: Host) -> Iterator[Record]:
    """Hold the host's lock: no two agents change a host at once. The lock goes with the process that holds it."""
    try:
        lock = _taken(host)
    except OSError as error:
        raise Refused(f"{error.filename or host.home}: {error.strerror}; the agent keeps its record there") from None
    with lock:
        yield Record(host.home)


def _taken(host: Host) -> TextIO:
    """Return the lock, held; one that its last holder removed, with all that was recorded, is made anew."""
    path = host.home / "lock"
    while True:
        host.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = path.open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists() and path.stat().st_ino == os.fstat(lock.fileno()).st_ino:
            return lock
        lock.close()
