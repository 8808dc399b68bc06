"""What every RouterOS resource is."""

from __future__ import annotations

from typing import Any, ClassVar

import pulumi
from pulumi.dynamic import ResourceProvider

from isthmus.declare.fields import Property, argument, output
from isthmus.dynamic import ItemProvider, SettingsProvider
from isthmus.engine import mark
from isthmus.resource import Declared, Device, OnDestroy, own_mark, qualified
from isthmus.routeros.place import Place, located
from isthmus.routeros.sharing import enter

__all__ = [
    "Device",
    "NamedItem",
    "OnDestroy",
    "OrderedItem",
    "RouterOS",
    "TypedItem",
    "TypedSettings",
    "own_mark",
    "qualified",
]

_ITEM = ItemProvider()
_SETTINGS = SettingsProvider()


class RouterOS(Declared):
    """A resource on a RouterOS device."""

    _family: ClassVar[ResourceProvider] = _ITEM

    def __init_subclass__(cls, menu: str = "", **facts: Any) -> None:
        """Declare a menu by its path; the type in URNs follows it, not the file: `routeros/ip/firewall:NatRule`."""
        super().__init_subclass__(path=menu, module=f"routeros{menu.rpartition('/')[0]}", **facts)


class TypedItem(RouterOS):
    """One row of a menu."""

    mark: Property[str] = output("The ownership mark of the row.")
    adopt: bool = argument("Take over a row that exists already and is nobody's.")
    on_destroy: OnDestroy = argument("What becomes of an adopted row.")


class TypedSettings(RouterOS):
    """A menu of settings; what is declared is set, and what was there before comes back on destroy."""

    _family = _SETTINGS


class NamedItem(TypedItem):
    """A row that has a name and no comment: by default its name carries the ownership mark."""

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        inputs = super()._inputs(name, opts, arguments)
        if inputs.get("name") is None:
            inputs["name"] = pulumi.Output.from_input(inputs["mark"]).apply(
                lambda text: f"{name}-{mark.parse(text).resource}"
            )
        return inputs


class OrderedItem(TypedItem):
    """One row of an ordered menu; `place` owns its position, and without it the row is added at the end."""

    place: Place | None = argument("Where in its chain the row stands.")

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        place = located(name, arguments.pop("place", None))
        menu = self.menu()
        enter(name, arguments.get("device"), menu.path, arguments.get(menu.group), whole=False)
        inputs = super()._inputs(name, opts, arguments)
        if place is None:
            return inputs
        return {**inputs, "mark": place.marked(own_mark(self, name, opts, place.band)), "place": place.text()}
