"""What a static route shows beside what was set: whether it is active, and by which way it leaves."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from isthmus_lab.routeros.versions import Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Row, Table

_SEVEN = Version((7, 0))


def route(device: Device, row: Row, shown: Mapping[str, str]) -> dict[str, str | None]:
    """Add the state of a route; a connected one has it among its facts already."""
    if row.dynamic:
        return {"disabled": None, "inactive": "false"} if device.version >= _SEVEN else {"disabled": None}
    ways = [_way(device, gateway) for gateway in shown.get("gateway", "").split(",") if gateway]
    disabled = shown.get("disabled") == "true"
    reachable = any(ways) or _needs_no_gateway(shown)
    active = reachable and not disabled
    if device.version < _SEVEN:
        return {"active": "true" if active else "false", "static": "true", "gateway-status": ",".join(ways) or None}
    return {
        "active": "true" if active else "false",
        "static": "true",
        "inactive": "false" if reachable or disabled else "true",
        "immediate-gw": ",".join(way for way in ways if way) if active and any(ways) else None,
        "blackhole": shown.get("blackhole"),
    }


def table(_device: Device, row: Row, _shown: Mapping[str, str]) -> dict[str, str | None]:
    """Take away what the router does not say of its own tables."""
    return {"disabled": None} if row.dynamic else {}


def _needs_no_gateway(shown: Mapping[str, str]) -> bool:
    return "blackhole" in shown or shown.get("type", "unicast") != "unicast"


def _way(device: Device, gateway: str) -> str:
    """Return how packets leave towards a gateway; nothing where it cannot be reached."""
    address, _, interface = gateway.partition("@")[0].partition("%")
    if interface:
        return gateway if device.find_named("/interface", interface) else ""
    try:
        host = ip_address(address)
    except ValueError:
        return address if device.find_named("/interface", address) else ""
    routes = device.table("/ip/route" if host.version == 4 else "/ipv6/route")  # noqa: PLR2004 - IP's own number
    through = _interface(_connected(routes, routes.revision), host)
    return f"{address}%{through}" if through else ""


def _interface(connected: Mapping[str, str], host: IPv4Address | IPv6Address) -> str:
    """Find the interface of the longest connected prefix that holds a host."""
    prefixes = (str(ip_network((host, length), strict=False)) for length in range(host.max_prefixlen, -1, -1))
    return next((connected[prefix] for prefix in prefixes if prefix in connected), "")


@lru_cache(maxsize=8)
def _connected(routes: Table, _revision: int) -> Mapping[str, str]:
    return {row.facts["dst-address"]: row.facts["gateway"] for row in routes.rows if row.dynamic}
