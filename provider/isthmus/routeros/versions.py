"""What is known of a device's version without asking it."""

from __future__ import annotations

from pathlib import Path

import pulumi

from isthmus.devices import lock_entry


def version_of(device: object) -> str | None:
    """Return the RouterOS version that the lock file records of a named device, None if it records none."""
    path = pulumi.Config("isthmus").get("devices") or "devices.yaml"
    if not isinstance(device, str):
        return None
    entry = lock_entry(device, Path(path).parent)
    return entry.version if entry else None
