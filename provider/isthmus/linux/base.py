"""What every resource on a Linux host is."""

from __future__ import annotations

from typing import Any, ClassVar

from pulumi.dynamic import ResourceProvider

from isthmus.declare.fields import Property, argument, output
from isthmus.dynamic import ObjectProvider
from isthmus.resource import Declared, OnDestroy

_OBJECT = ObjectProvider()


class Object(Declared):
    """One object on a Linux host; undeclared properties stay as the host made them."""

    _family: ClassVar[ResourceProvider] = _OBJECT
    _dash: ClassVar[str] = "_"

    adopt: bool = argument("Take over an object that exists already and is nobody's.")
    on_destroy: OnDestroy = argument("What becomes of an adopted object.")
    mark: Property[str] = output("The ownership mark of the object.")

    def __init_subclass__(cls, kind: str = "", **facts: Any) -> None:
        """Declare a kind of object, by the agent's name for it: `link/gre`."""
        super().__init_subclass__(path=kind, module="linux", comment=False, **facts)
