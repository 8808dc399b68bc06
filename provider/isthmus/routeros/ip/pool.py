"""`/ip/pool`: addresses that are given out."""

from collections.abc import Sequence
from typing import Annotated

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import ORDERED
from isthmus.engine import kinds
from isthmus.routeros.named import ResourceNamedItem

Range = Annotated[str, kinds.Prefix(4, ranges=True)]
"""An address, a prefix, or a range of addresses."""


class Pool(ResourceNamedItem, menu="/ip/pool", key=("name",)):
    """Addresses that are given out. (MikroTik manual: IP Pools)."""

    name: Property[str] = word("Name of the pool; by default the resource's.")
    ranges: Required[Annotated[Sequence[Range], ORDERED]] = required("Ranges of addresses, used in this order.")
    next_pool: Property[str] = word("Name of the pool that is used when this one is empty, or none.", refers=True)
    comment: Property[str] = word("Text for people.")
