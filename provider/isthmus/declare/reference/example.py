"""The example program of a resource."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from isthmus.declare.reference.catalogue import Entry
from isthmus.declare.reference.values import sample
from isthmus.engine.menu import Menu, Word

DEVICE: Final = "seattle"
CHOSEN: Final[Mapping[str, Mapping[str, Any]]] = {
    "/ip/address": {"address": "192.168.90.1/24", "interface": "ether2"},
    "/ip/firewall/filter": {"chain": "forward", "action": "accept", "dst_address": "192.168.30.0/24"},
    "/ip/firewall/mangle": {
        "chain": "forward",
        "action": "change-mss",
        "new_mss": "1382",
        "protocol": "tcp",
        "tcp_flags": "syn",
    },
    "/ip/firewall/nat": {"chain": "srcnat", "action": "masquerade", "out_interface": "ether1"},
    "/ip/firewall/raw": {"chain": "prerouting", "action": "notrack", "src_address": "192.168.90.0/24"},
    "/ip/ipsec/identity": {"peer": "boise", "auth_method": "digital-signature", "certificate": ["seattle"]},
    "/ip/ipsec/peer": {"address": "87.16.79.2", "profile": "modern"},
    "/ip/ipsec/policy": {
        "peer": ["boise"],
        "tunnel": True,
        "src_address": "192.168.90.0/24",
        "dst_address": "192.168.30.0/24",
    },
    "routeros.Command": {"path": "/ip/dns/cache/flush", "triggers": ["2026-01"]},
    "routeros.Item": {
        "menu": "/interface/vlan",
        "properties": {"name": "office", "vlan-id": 20, "interface": "ether2"},
    },
    "routeros.Settings": {"menu": "/ip/dns", "properties": {"allow-remote-requests": False}},
    "Secret": {"length": 32, "rotation": "2026-01"},
}
"""Arguments that tell more than the fewest would, by menu, and by name for what declares no menu."""
TEXTS: Final = {
    "interface": "ether2",
    "bridge": "bridge1",
    "list": "offices",
    "gateway": "192.0.2.1",
    "name": "example",
}
"""What stands for a text whose word alone does not say what it may be."""


def program(entry: Entry) -> str:
    """Return a program that declares one resource."""
    root = entry.name.partition(".")[0]
    device = {"device": DEVICE} if entry.name != "Secret" else {}
    lines = [f"    {name}={_python(value)}," for name, value in {**device, **arguments(entry)}.items()]
    rows = [f"    {name}=[", *(f"        {row}," for row in _rows(entry)), "    ],"] if (name := entry.listed) else []
    return "\n".join([f"from isthmus import {root}", "", f"{entry.name}(", '    "example",', *lines, *rows, ")", ""])


def arguments(entry: Entry) -> Mapping[str, Any]:
    """Return the arguments of the example, by attribute; of a list those that are not its rows."""
    if not entry.typed:
        return CHOSEN[entry.name]
    menu = entry.cls.menu()
    return {menu.by_name[menu.group].attribute: row(menu)[menu.group]} if entry.listed else row(menu)


def row(menu: Menu) -> Mapping[str, Any]:
    """Return the words of an example row, by attribute."""
    return CHOSEN.get(menu.path) or {word.attribute: _sample(word) for word in _needed(menu)}


def _rows(entry: Entry) -> list[str]:
    """Return two rows as source, one in each of the forms that a list takes."""
    menu = entry.cls.menu()
    words = {name: value for name, value in row(menu).items() if name != menu.group}
    typed = ", ".join(f"{name}={_python(value)}" for name, value in words.items())
    return [f"{entry.name_of_row}Args({typed})", _python({**words, "disabled": True, "comment": "off for now"})]


def _needed(menu: Menu) -> list[Word]:
    """Return the words that an item must have and those of its key; where there are none, its first."""
    every = list(menu.words.values())
    return [word for word in every if word.required or word.name in menu.key] or every[:1]


def _sample(word: Word) -> Any:
    return sample(word.kind, TEXTS.get(word.name, "example"))


def _python(value: Any) -> str:
    return json.dumps(value).replace("true", "True").replace("false", "False")
