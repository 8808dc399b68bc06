"""`/system/identity`: the router's name."""

from isthmus.declare.fields import Property, word
from isthmus.routeros.base import TypedSettings


class Identity(TypedSettings, menu="/system/identity", singleton=True, comment=False):
    """The router's name. (MikroTik manual: Identity)."""

    name: Property[str] = word("Name of the router, as its neighbours see it.", default="MikroTik")
