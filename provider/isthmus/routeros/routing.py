"""`/routing`: tables of routes."""

from isthmus.declare.fields import Property, word
from isthmus.declare.values import Flag
from isthmus.routeros.named import ResourceNamedItem

__all__ = ["Table"]


class Table(ResourceNamedItem, menu="/routing/table", key=("name",), since="7"):
    """A table of routes. (MikroTik manual: Policy Routing)."""

    name: Property[str] = word("Name of the table, to which routes and marks refer; by default the resource's.")
    fib: Property[Flag] = word("Whether packets are forwarded by the table.", unset=True, cuts=True)
    disabled: Property[bool] = word("Whether the table is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")
