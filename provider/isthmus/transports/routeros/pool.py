"""The process's sessions on routers."""

from __future__ import annotations

from isthmus.devices import RouterOSDevice
from isthmus.transports import pool as shared
from isthmus.transports.routeros.connection import Session
from isthmus.transports.routeros.dial import dial


class Pool(shared.Pool[RouterOSDevice, Session]):
    """Sessions on routers."""

    def __init__(self) -> None:
        super().__init__(dial)


_POOL = Pool()


def pool() -> Pool:
    """Return this process's pool."""
    return _POOL
