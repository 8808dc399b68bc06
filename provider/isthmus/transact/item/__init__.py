"""One row of a menu: found or made, read, changed and let go."""

from isthmus.transact.item.declared import Item, Kept, Seen
from isthmus.transact.item.life import create, delete, read, update

__all__ = ["Item", "Kept", "Seen", "create", "delete", "read", "update"]
