"""What the router itself decides about a row when it is made, by path."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Row
    from isthmus_lab.routeros.users import User

    Make = Callable[[Device, Row, User], dict[str, str]]


def address_list_entry(device: Device, _row: Row, _user: User) -> dict[str, str]:
    """Date an entry."""
    return {"creation-time": device.stamp()}


def mac_address(_device: Device, row: Row, _user: User) -> dict[str, str]:
    """Give an interface a locally administered MAC address."""
    return {"mac-address": "02:00:00:01:" + f"{row.number >> 8 & 0xFF:02X}:{row.number & 0xFF:02X}"}


def netwatch(device: Device, _row: Row, _user: User) -> dict[str, str]:
    """Date the state of a host."""
    return {"since": device.stamp()}


def scheduler(device: Device, _row: Row, user: User) -> dict[str, str]:
    """Let an event start now unless it says otherwise."""
    date, time = device.stamp().split(" ")
    return {"owner": user.name, "start-date": date, "start-time": time}


def script(_device: Device, _row: Row, user: User) -> dict[str, str]:
    """Let a script belong to who made it."""
    return {"owner": user.name}


def wireguard(_device: Device, _row: Row, _user: User) -> dict[str, str]:
    """Give an interface a key and a port of its own, which hold where none is set."""
    private = base64.b64encode(X25519PrivateKey.generate().private_bytes_raw()).decode()
    return {"private-key": private, "listen-port": "13231"}


MADE: Mapping[str, Make] = {
    "/interface/bridge": mac_address,
    "/interface/eoip": mac_address,
    "/interface/ovpn-client": mac_address,
    "/interface/vlan": mac_address,
    "/interface/wireguard": wireguard,
    "/ip/firewall/address-list": address_list_entry,
    "/ipv6/firewall/address-list": address_list_entry,
    "/system/scheduler": scheduler,
    "/system/script": script,
    "/tool/netwatch": netwatch,
}
