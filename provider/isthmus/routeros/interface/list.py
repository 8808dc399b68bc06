"""`/interface/list`: names for several interfaces."""

from typing import Annotated

from isthmus.declare.fields import Property, Required, required, word
from isthmus.engine import kinds
from isthmus.routeros.base import TypedItem
from isthmus.routeros.named import Names, ResourceNamedItem


class List(ResourceNamedItem, menu="/interface/list", key=("name",)):
    """A name for several interfaces, to which rules refer. (MikroTik manual: Interface Lists)."""

    name: Property[str] = word("Name of the list; by default the resource's.")
    include: Property[Annotated[Names, kinds.ListOf()]] = word(
        "Names of lists whose members are members here.", default="", cuts=True, refers=True
    )
    exclude: Property[Annotated[Names, kinds.ListOf()]] = word(
        "Names of lists whose members are none here.", default="", cuts=True, refers=True
    )
    comment: Property[str] = word("Text for people.")


class ListMember(TypedItem, menu="/interface/list/member", key=("list", "interface")):
    """An interface in a list. (MikroTik manual: Interface Lists)."""

    list: Required[str] = required("Name of the list.", cuts=True, refers=True)
    interface: Required[str] = required("Name of the interface.", cuts=True, refers=True)
    disabled: Property[bool] = word("Whether the membership is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")
