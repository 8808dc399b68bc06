"""`/ipv6/firewall/address-list`: named lists of IPv6 addresses that rules refer to."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from isthmus.declare.fields import Fields, Property, Required, required, word
from isthmus.engine import kinds
from isthmus.routeros.base import TypedItem
from isthmus.routeros.named import Name
from isthmus.routeros.rules import Entries, RuleArgs

ListedAddress = Annotated[str, kinds.Prefix(6, single="full", names=True)]
"""An address, a prefix, or a DNS name."""


class EntryFields(Fields):
    """The words of an entry but for its list."""

    address: Required[ListedAddress] = required("Address, prefix or DNS name.", cuts=True)
    disabled: Property[bool] = word("Whether the entry is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")


class AddressListEntryArgs(EntryFields, RuleArgs):
    """One entry of an `AddressList`."""


class AddressListEntry(
    EntryFields, TypedItem, menu="/ipv6/firewall/address-list", key=("list", "address"), group="list"
):
    """An address in a named list.

    An entry with a timeout is none that can be declared: the router removes it. (MikroTik manual: Address-lists).
    """

    list: Required[str] = required("Name of the list.", cuts=True)


class AddressList(Entries, of=AddressListEntry):
    """A whole address list, owned as one resource; the order of its entries means nothing."""

    entries: Required[Sequence[AddressListEntryArgs | Mapping[str, Any] | Name]] = required("The entries.")
