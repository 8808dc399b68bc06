"""`/ipv6/address`: the router's own IPv6 addresses."""

from typing import Annotated, Literal

from isthmus.declare.fields import Property, Required, required, word
from isthmus.engine import kinds
from isthmus.routeros.base import TypedItem

InterfaceAddress = Annotated[str, kinds.Prefix(6, host_bits="keep", single="full")]
"""An address with the length of its network: `2001:db8::1/64`."""


class Address(TypedItem, menu="/ipv6/address", key=("address", "interface")):
    """An IPv6 address of an interface. (MikroTik manual: IPv6 Addressing)."""

    address: Property[InterfaceAddress] = word(
        "The address with the length of its network.", default="::/64", cuts=True
    )
    interface: Required[str] = required("Name of the interface.", cuts=True, refers=True)
    advertise: Property[bool] = word("Whether hosts on the link are told the prefix.", default="yes")
    auto_link_local: Property[bool] = word(
        "Whether the interface gets a link-local address too.", since="7.18", default="yes"
    )
    eui_64: Property[bool] = word("Whether the host part is made from the MAC address.", default="no", cuts=True)
    from_pool: Property[str] = word("Name of the pool that the prefix is taken from.", default="", refers=True)
    from_pool_policy: Property[Literal["recommended", "strict", "without-acquire"]] = word(
        "Whether the given prefix must be the one from the pool.", since="7.23"
    )
    no_dad: Property[bool] = word("Whether duplicates of the address are not looked for.", default="no")
    disabled: Property[bool] = word("Whether the address is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")
