"""What `isthmus devices check` says of routers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from isthmus.cli.devices import table as tables
from isthmus.devices import RouterOSDevice, lock_entry
from isthmus.errors import IsthmusError
from isthmus.transports.routeros import Session, dial

Found = Session
_TITLES: Final = ("DEVICE", "VERSION", "BOARD", "SERIAL", "IDENTITY", "CERTIFICATE")


def look(device: RouterOSDevice, config: Mapping[str, str]) -> Found:
    """Log in to a router, and leave it."""
    session = dial(device, config, lock_entry(device.name, device.folder))
    session.close()
    return session


def table(looked: Sequence[tuple[RouterOSDevice, Any]]) -> list[str]:
    """Return a line for each router."""
    return tables.table(_TITLES, [_row(device, outcome) for device, outcome in looked])


def _row(device: RouterOSDevice, outcome: Found | IsthmusError) -> list[str]:
    if isinstance(outcome, IsthmusError):
        return tables.failed(device.name, outcome)
    certificate = outcome.fingerprint or "none, tls is off"
    return [device.name, outcome.version, outcome.board, outcome.serial, outcome.identity, certificate]
