"""What the router says of itself."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from isthmus_lab.routeros.values import durations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Row

_SECOND = 1_000_000


def clock(device: Device, _row: Row, _shown: Mapping[str, str]) -> dict[str, str | None]:
    """Add the time."""
    date, time = device.stamp().split(" ")
    return {"date": date, "time": time}


def license_(device: Device, _row: Row, _shown: Mapping[str, str]) -> dict[str, str | None]:
    """Add an id of its own for every router."""
    digits = hashlib.sha256(device.name.encode()).hexdigest().upper()
    return {"system-id": digits[:11]}


def resource(device: Device, _row: Row, _shown: Mapping[str, str]) -> dict[str, str | None]:
    """Add the version and for how long the router has been running."""
    uptime = int(device.clock.uptime().total_seconds()) * _SECOND
    return {"version": f"{device.version} (stable)", "uptime": durations.printed(uptime)}
