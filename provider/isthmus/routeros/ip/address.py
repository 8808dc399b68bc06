"""`/ip/address`: the router's own IPv4 addresses."""

from typing import Annotated

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import Address4
from isthmus.engine import kinds
from isthmus.routeros.base import TypedItem

InterfaceAddress = Annotated[str, kinds.Prefix(4, host_bits="keep", single="full")]
"""An address with the length of its network: `192.0.2.1/24`."""


class Address(TypedItem, menu="/ip/address", key=("address", "interface")):
    """An IPv4 address of an interface. (MikroTik manual: IP Addressing)."""

    address: Required[InterfaceAddress] = required("The address with the length of its network.", cuts=True)
    interface: Required[str] = required("Name of the interface.", cuts=True, refers=True)
    network: Property[Address4] = word(
        "First address of the network, or the other end of a point-to-point link; by default that of the address.",
        cuts=True,
    )
    broadcast: Property[Address4] = word("Broadcast address, where it is not the last of the network.", cuts=True)
    disabled: Property[bool] = word("Whether the address is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")
