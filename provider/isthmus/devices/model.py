"""Devices of any kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from isthmus.devices.linux import LinuxDevice
from isthmus.devices.routeros import RouterOSDevice

Device = RouterOSDevice | LinuxDevice
KINDS: Final[dict[str, type[RouterOSDevice | LinuxDevice]]] = {"routeros": RouterOSDevice, "linux": LinuxDevice}


def from_snapshot(snapshot: Mapping[str, Any], *, folder: Path | None = None) -> Device:
    """Rebuild a device of any kind from its snapshot."""
    return KINDS[str(snapshot.get("kind", "routeros"))].from_snapshot(snapshot, folder=folder)
