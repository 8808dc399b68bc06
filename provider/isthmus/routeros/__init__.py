"""Resources on RouterOS, named after the router's menus: `/ip/firewall/nat` is `routeros.ip.firewall.NatRule`."""

from isthmus.routeros import ip
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
    "ip",
    "last",
    "top",
    "version_of",
]
