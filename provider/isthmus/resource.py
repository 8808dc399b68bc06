"""What every resource on a device is: a declaration, and a Pulumi resource made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import pulumi
from pulumi.dynamic import Resource, ResourceProvider

from isthmus.declare import registry
from isthmus.declare.fields import Fields, Required, argument, positional
from isthmus.engine import mark
from isthmus.engine.menu import Menu

Device = str | Mapping[str, Any]
"""A device by its name in the devices file, or an inline object with the same keys and a `name`."""

OnDestroy = Literal["restore", "keep"]
"""What becomes of an adopted object: it is given back as it was, or kept as it is without our mark."""


class Declared(Fields, Resource):
    """A resource on a device; `_family` is the provider that serves it."""

    _menu: ClassVar[Menu | None] = None
    _facts: ClassVar[dict[str, Any]] = {}
    _family: ClassVar[ResourceProvider]

    resource_name: str = positional("The resource's name in the program.", kw_only=False)
    opts: pulumi.ResourceOptions | None = argument("Pulumi's resource options.")
    device: Required[Device]

    def __init_subclass__(cls, path: str = "", module: str = "", **facts: Any) -> None:
        """Declare a menu or a kind of object: `facts` are those of `isthmus.engine.menu.Menu`."""
        super().__init_subclass__(module=module, name=cls.__name__)
        if path:
            cls._facts = {"path": path, **facts}
            registry.register(path, cls.menu)

    @classmethod
    def menu(cls) -> Menu:
        """Return what the class declares."""
        if cls.__dict__.get("_menu") is None:
            cls._menu = Menu(words=cls.words(), doc=(cls.__doc__ or ""), **cls._facts)
        assert cls._menu is not None  # noqa: S101 - set above
        return cls._menu

    if not TYPE_CHECKING:

        def __init__(self, resource_name: str, *, opts: pulumi.ResourceOptions | None = None, **arguments: Any) -> None:
            super().__init__(self._family, resource_name, self._inputs(resource_name, opts, arguments), opts)

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return what the engine is told: words as given, secrets as secrets, and whose the object is."""
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
