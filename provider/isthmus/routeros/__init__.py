"""Resources on RouterOS, named after the router's menus: `/ip/firewall/nat` is `routeros.ip.firewall.NatRule`."""

from isthmus.routeros import ip
from isthmus.routeros.generic import Item, Settings
from isthmus.routeros.place import Place, after, before, bottom, first, last, top

__all__ = ["Item", "Place", "Settings", "after", "before", "bottom", "first", "ip", "last", "top"]
