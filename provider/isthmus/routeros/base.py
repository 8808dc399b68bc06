"""What every RouterOS resource is: a declaration, and a Pulumi resource made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import pulumi
from pulumi.dynamic import Resource, ResourceProvider

from isthmus.declare import registry
from isthmus.declare.fields import Fields, Property, Required, argument, output, positional
from isthmus.dynamic import ItemProvider, SettingsProvider
from isthmus.engine import mark
from isthmus.engine.menu import Menu
from isthmus.routeros.place import Place, located
from isthmus.routeros.sharing import enter

Device = str | Mapping[str, Any]
"""A device by its name in the devices file, or an inline object with the same keys and a `name`."""

OnDestroy = Literal["restore", "keep"]
"""What becomes of an adopted row: it is given back as it was, or kept as it is without our mark."""

_ITEM = ItemProvider()
_SETTINGS = SettingsProvider()


class RouterOS(Fields, Resource):
    """A resource on a RouterOS device."""

    _menu: ClassVar[Menu | None] = None
    _facts: ClassVar[dict[str, Any]] = {}
    _family: ClassVar[ResourceProvider] = _ITEM

    resource_name: str = positional("The resource's name in the program.", kw_only=False)
    opts: pulumi.ResourceOptions | None = argument("Pulumi's resource options.")
    device: Required[Device]

    def __init_subclass__(cls, menu: str = "", **facts: Any) -> None:
        """Declare a menu: `menu` is its path, `facts` are those of `isthmus.engine.menu.Menu`.

        The type in URNs follows the path, not the file: `routeros/ip/firewall:NatRule`.
        """
        super().__init_subclass__(module=f"routeros{menu.rpartition('/')[0]}", name=cls.__name__)
        if menu:
            cls._facts = {"path": menu, **facts}
            registry.register(menu, cls.menu)

    @classmethod
    def menu(cls) -> Menu:
        """Return the menu that the class declares."""
        if cls.__dict__.get("_menu") is None:
            cls._menu = Menu(words=cls.words(), doc=(cls.__doc__ or ""), **cls._facts)
        assert cls._menu is not None  # noqa: S101 - set above
        return cls._menu

    if not TYPE_CHECKING:

        def __init__(self, resource_name: str, *, opts: pulumi.ResourceOptions | None = None, **arguments: Any) -> None:
            super().__init__(self._family, resource_name, self._inputs(resource_name, opts, arguments), opts)

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return what the engine is told: words as given, secrets as secrets, and whose the row is."""
        menu = self.menu()
        secrets = {word.attribute for word in menu.words.values() if word.secret}
        given = {
            key: pulumi.Output.secret(value) if key in secrets else value
            for key, value in arguments.items()
            if value is not None
        }
        return {**given, "menu": menu.path, "mark": own_mark(self, name, opts)}

    def _absent(self, _attribute: str) -> pulumi.Output[Any]:
        return pulumi.Output.from_input(None)


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
        return {**inputs, "mark": own_mark(self, name, opts, place.band), "place": place.text()}


def own_mark(resource: Resource, name: str, opts: pulumi.ResourceOptions | None, band: str = "u") -> pulumi.Input[str]:
    """Return the ownership mark of a resource; with a parent it hangs on the parent's URN, which the engine tells."""
    kind = f"pulumi-python:{resource._resource_type_name}"  # noqa: SLF001 - what the SDK passes on itself
    project, stack = pulumi.get_project(), pulumi.get_stack()
    parent = opts.parent if opts else None
    if parent is None:
        return str(mark.make(project, stack, kind, name, band))
    return _urn(parent).apply(lambda urn: str(mark.make(project, stack, f"{qualified(urn)}${kind}", name, band)))


def _urn(parent: pulumi.Resource) -> pulumi.Output[Any]:
    """Return a parent's URN as a mere value.

    A child that depends on a component depends on all of the component's children, and so on itself.
    """
    return pulumi.Output(set(), parent.urn.future(), parent.urn.is_known())


def qualified(urn: str) -> str:
    """Return the type in a URN, those of its parents in front; the stack itself is no parent."""
    return urn.split("::")[2].removeprefix("pulumi:pulumi:Stack$")
