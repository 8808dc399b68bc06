"""What an address shows beside what was set: its network, and the interface that it really is on."""

from __future__ import annotations

from ipaddress import ip_interface
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Row


def address4(device: Device, _row: Row, shown: Mapping[str, str]) -> dict[str, str | None]:
    """Add the network's address, unless one was set (a point-to-point link's other end)."""
    network = shown.get("network") or str(ip_interface(shown["address"]).network.network_address)
    return {"network": network, "actual-interface": _actual(device, shown["interface"]), "route": None}


def address6(device: Device, _row: Row, shown: Mapping[str, str]) -> dict[str, str | None]:
    """Add whether the address is valid everywhere or on its link only."""
    link_local = ip_interface(shown["address"]).ip.is_link_local
    return {
        "actual-interface": _actual(device, shown["interface"]),
        "global": "false" if link_local else "true",
        "link-local": "true" if link_local else "false",
        "route": None,
    }


def _actual(device: Device, interface: str) -> str:
    """Name the bridge where the interface is a port of one."""
    ports = device.table("/interface/bridge/port").rows
    return next((port.values["bridge"] for port in ports if port.values["interface"] == interface), interface)
