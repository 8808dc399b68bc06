"""Rows that the router makes itself: connected routes, and the dummy rules that count fasttracked packets."""

from __future__ import annotations

from ipaddress import ip_interface
from typing import TYPE_CHECKING

from isthmus_lab.routeros.store import Row

if TYPE_CHECKING:
    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Table

_ROUTES = {"/ip/address": "/ip/route", "/ipv6/address": "/ipv6/route"}
_FILTER = "/ip/firewall/filter"
_RAW = "/ip/firewall/raw"
_DUMMIES = {
    _FILTER: ("forward",),
    "/ip/firewall/mangle": ("prerouting", "forward", "postrouting"),
    _RAW: ("prerouting",),
}
_DUMMY_COMMENT = "special dummy rule to show fasttrack counters"
_FIRST_CONNECTED = 0x20180000


def attach(device: Device) -> None:
    """Keep the rows that follow from others up to date from now on."""
    device.listen(lambda table, row, removed: _follow(device, table, row, removed=removed))


def _follow(device: Device, table: Table, row: Row, *, removed: bool) -> None:
    path = table.menu.path
    if path in _ROUTES:
        _connect(device, table, row, removed=removed)
    elif path == _FILTER and not row.dynamic and (_fasttracks(row) or _dummies(device.table(_RAW))):
        _show_counters(device)
    elif table.menu.numbers_of == "/interface":
        for addresses in _ROUTES:
            for address in device.table(addresses).rows:
                _connect(device, device.table(addresses), address, removed=False)


def _connect(device: Device, addresses: Table, address: Row, *, removed: bool) -> None:
    """Make, change or remove the route to the network of one address."""
    routes = device.table(_ROUTES[addresses.menu.path])
    wanted = {} if removed or not _works(device, address) else _route(device, address)
    number = address.facts.get("route")
    route = routes.numbered(int(number, 16)) if number else None
    if route and wanted == route.facts:
        return
    if route:
        routes.remove(route)
        device.changed(routes, route, removed=True)
    if wanted:
        route = Row(device.count(f"{routes.menu.path} connected", _FIRST_CONNECTED), {}, wanted)
        routes.insert(route)
        address.facts["route"] = f"{route.number:X}"
        device.changed(routes, route)


def _works(device: Device, address: Row) -> bool:
    interface = device.find_named("/interface", address.values.get("interface", ""))
    return (
        address.values.get("disabled") != "true"
        and interface is not None
        and interface.values.get("disabled") != "true"
    )


def _route(device: Device, address: Row) -> dict[str, str]:
    own = ip_interface(address.values.get("address", "::/64"))
    interface = address.values["interface"]
    network = address.values.get("network", str(own.network.network_address))
    route = {
        "dst-address": f"{network}/{own.network.prefixlen}",
        "gateway": interface,
        "distance": "0",
        "scope": "10",
        "dynamic": "true",
        "active": "true",
        "connect": "true",
    }
    if device.version.numbers[0] < 7:  # noqa: PLR2004 - RouterOS 7 brought other routing
        return {**route, "pref-src": str(own.ip), "gateway-status": f"{interface} reachable"}
    return {**route, "target-scope": "5", "immediate-gw": interface, "local-address": f"{own.ip}%{interface}"}


def _show_counters(device: Device) -> None:
    wanted = any(_fasttracks(row) for row in device.table(_FILTER).rows)
    for path, chains in _DUMMIES.items():
        table = device.table(path)
        dummies = _dummies(table)
        if wanted and not dummies:
            _insert_dummies(device, table, chains)
        elif not wanted:
            for row in dummies:
                table.remove(row)
                device.changed(table, row, removed=True)


def _fasttracks(row: Row) -> bool:
    return row.values.get("action") == "fasttrack-connection" and row.values.get("disabled") != "true"


def _dummies(table: Table) -> list[Row]:
    return [row for row in table.rows if row.dynamic]


def _insert_dummies(device: Device, table: Table, chains: tuple[str, ...]) -> None:
    first = table.rows[0] if table.rows else None
    for chain in chains:
        facts = {"chain": chain, "action": "passthrough", "comment": _DUMMY_COMMENT, "dynamic": "true"}
        row = Row(device.next_number(table.menu), {}, facts)
        table.insert(row, first)
        device.changed(table, row)
