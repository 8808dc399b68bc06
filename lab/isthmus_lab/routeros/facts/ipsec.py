"""What peers and policies show beside what was set."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Row


def peer(_device: Device, _row: Row, shown: Mapping[str, str]) -> dict[str, str | None]:
    """Add that the router only answers a peer which is passive or may come from anywhere."""
    anywhere = shown.get("address", "::/0").endswith("/0")
    return {"responder": "true" if anywhere or shown.get("passive") == "true" else None}


def policy(device: Device, row: Row, shown: Mapping[str, str]) -> dict[str, str | None]:
    """Add the ends of the tunnel, which follow from the peer unless they were set."""
    if shown["template"] == "true":
        return {"active": None, "ph2-count": None, "ph2-state": None}
    found = device.find_named("/ip/ipsec/peer", shown.get("peer", "").partition(",")[0])
    if found is None or "sa-dst-address" in row.values:
        return {}
    ends = {"sa-dst-address": _host(found.values.get("address"))}
    if "sa-src-address" not in row.values:
        ends["sa-src-address"] = found.values.get("local-address", "0.0.0.0")  # noqa: S104 - the router prints it so
    return {name: end for name, end in ends.items() if end}


def _host(address: str | None) -> str | None:
    """Return the address of a single host, nothing for a network or a name."""
    try:
        network = ip_network(address or "")
    except ValueError:
        return None
    return str(network.network_address) if network.num_addresses == 1 else None
