"""Names for the numbers of routing, as `ip` writes them (ip-route(8), iproute2's rt_tables and its like)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from isthmus_agent.errors import Refused

NAMES: dict[str, dict[str, int]] = {
    "table": {"default": 253, "main": 254, "local": 255},
    "scope": {"global": 0, "site": 200, "link": 253, "host": 254, "nowhere": 255},
    "type": {
        "unicast": 1,
        "local": 2,
        "broadcast": 3,
        "anycast": 4,
        "multicast": 5,
        "blackhole": 6,
        "unreachable": 7,
        "prohibit": 8,
        "throw": 9,
    },
    "proto": {
        "redirect": 1,
        "kernel": 2,
        "boot": 3,
        "static": 4,
        "ra": 9,
        "mrt": 10,
        "zebra": 11,
        "bird": 12,
        "dhcp": 16,
        "keepalived": 18,
        "babel": 42,
        "bgp": 186,
        "isis": 187,
        "ospf": 188,
        "rip": 189,
        "eigrp": 192,
    },
}
"""What is called the same on every host."""
OURS = 200
"""The `proto` of routes and rules that are ours: `ip route show proto 200`."""
_TABLES = ("/etc/iproute2/rt_tables", "/usr/share/iproute2/rt_tables", "/usr/lib/iproute2/rt_tables")
_NUMBERS = {kind: {value: name for name, value in names.items()} for kind, names in NAMES.items()}


def named(kind: str, value: int) -> Any:
    """Return a number's name where every host has the same for it, else the number."""
    return _NUMBERS[kind].get(value, value)


def number(kind: str, name: Any) -> int:
    """Return the number of a name."""
    return NAMES[kind][name] if name in NAMES[kind] else int(name)


def table_of(name: Any) -> Any:
    """Return a table as the kernel has it, main, local and default by name; a host's own names become numbers."""
    if name in NAMES["table"]:
        return name
    value = int(name) if str(name).isdecimal() else _own_tables().get(str(name))
    if value is None:
        remedy = f"declare {_TABLES[0]} (linux.File) with a line for it, or give the table's number"
        raise Refused(f"this host knows no routing table {str(name)!r}: {remedy}", "table")
    return named("table", value)


def _own_tables() -> dict[str, int]:
    """Return the names that this host gives tables; where two files name one, the first counts."""
    found: dict[str, int] = {}
    for folder in _TABLES:
        for path in [Path(folder), *sorted(Path(f"{folder}.d").glob("*.conf"))]:
            found = {**_names_in(path), **found}
    return found


def _names_in(path: Path) -> dict[str, int]:
    try:
        text = path.read_text()
    except OSError:
        return {}
    lines = re.findall(r"^\s*(0x[0-9a-fA-F]+|\d+)\s+([^\s#]+)", text, re.MULTILINE)
    return {name: int(value, 0) for value, name in lines}
