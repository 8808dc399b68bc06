"""`/interface`: what packets go through."""

from isthmus.routeros.interface.bridge import Bridge
from isthmus.routeros.interface.bridge_port import BridgePort
from isthmus.routeros.interface.list import List, ListMember

__all__ = ["Bridge", "BridgePort", "List", "ListMember"]
