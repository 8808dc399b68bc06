"""The process's sessions on Linux hosts."""

from __future__ import annotations

from isthmus.devices import LinuxDevice
from isthmus.transports import pool as shared
from isthmus.transports.linux.dial import dial
from isthmus.transports.linux.session import Session


class Pool(shared.Pool[LinuxDevice, Session]):
    """Sessions on Linux hosts."""

    def __init__(self) -> None:
        super().__init__(dial)


_POOL = Pool()


def pool() -> Pool:
    """Return this process's pool."""
    return _POOL
