"""Resources on RouterOS, named after the router's menus: `/ip/firewall/nat` is `routeros.ip.firewall.NatRule`."""

from isthmus.routeros import interface, ip, ipv6, routing, system, tool
from isthmus.routeros.command import Command
from isthmus.routeros.generic import Item, Settings
from isthmus.routeros.place import Place, after, before, bottom, first, last, top
from isthmus.routeros.versions import version_of

__all__ = [
    "Command",
    "Item",
    "Place",
    "Settings",
    "after",
    "before",
    "bottom",
    "first",
    "interface",
    "ip",
    "ipv6",
    "last",
    "routing",
    "system",
    "tool",
    "top",
    "version_of",
]
