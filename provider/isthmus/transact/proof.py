"""Proves that a host is still reached after a risky change, by a new login, and lets the change stand."""

from __future__ import annotations

import time
from collections.abc import Mapping

from isthmus.devices import LinuxDevice, lock_entry
from isthmus.errors import DeviceError
from isthmus.transports.linux import Call, dial

RESERVE = 10
"""Seconds before the host's undo within which no new attempt begins; a quarter of a short guard."""
PAUSE = 1
"""Seconds between two attempts."""


def prove(device: LinuxDevice, config: Mapping[str, str], guard: str, seconds: float) -> None:
    """Log in anew and confirm the change; DeviceError says that it is taken back."""
    deadline = time.monotonic() + seconds - min(RESERVE, seconds / 4)
    while True:
        try:
            stands = _confirmed(device, config, guard)
            break
        except DeviceError as error:
            if time.monotonic() > deadline:
                raise _undone(device, f"it cannot be reached anew ({error.reason})", seconds) from None
            time.sleep(PAUSE)
    if not stands:
        raise _undone(device, "no new login came in time", seconds)


def lost(device: LinuxDevice, cut: DeviceError, seconds: float) -> DeviceError:
    """Return the error for a change whose answer never came."""
    return _undone(device, f"its connection ended during it ({cut.reason})", seconds)


def _confirmed(device: LinuxDevice, config: Mapping[str, str], guard: str) -> bool:
    session = dial(device, config, lock_entry(device.name, device.folder))
    try:
        return bool(session.calls([Call("confirm", {"name": guard})])[0])
    finally:
        session.close()


def _undone(device: LinuxDevice, why: str, seconds: float) -> DeviceError:
    remedy = "look at what the change does to the way in, then run again"
    return DeviceError(
        device.name, f"the change cuts the way in: {why}; the host undoes it after {seconds:g} s; {remedy}"
    )
