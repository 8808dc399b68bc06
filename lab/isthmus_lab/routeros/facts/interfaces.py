"""What interfaces show beside what was set."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Row


def bridge(_device: Device, _row: Row, shown: Mapping[str, str]) -> dict[str, str | None]:
    """Show the MAC address that an administrator gave instead of the router's own."""
    return {"mac-address": shown["admin-mac"]} if "admin-mac" in shown and shown["auto-mac"] == "false" else {}


def wireguard(_device: Device, _row: Row, shown: Mapping[str, str]) -> dict[str, str | None]:
    """Add the public key that belongs to the private one."""
    private = X25519PrivateKey.from_private_bytes(base64.b64decode(shown["private-key"]))
    return {"public-key": base64.b64encode(private.public_key().public_bytes_raw()).decode()}
