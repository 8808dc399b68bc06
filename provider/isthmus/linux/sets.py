"""Sets: many links, addresses, routes or rules owned as one resource and changed in one message to the host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import pulumi

from isthmus.declare import registry
from isthmus.declare.fields import Fields, Property, Required, argument, output, required
from isthmus.dynamic import ObjectsProvider
from isthmus.engine import members
from isthmus.engine.members import Family
from isthmus.engine.menu import Menu
from isthmus.linux.address import AddressWords
from isthmus.linux.route import RouteWords
from isthmus.linux.rule import RuleWords
from isthmus.resource import Declared, OnDestroy, own_mark

_OBJECTS = ObjectsProvider()


class ObjectArgs(Fields):
    """One object of a set: the words that it says."""

    if not TYPE_CHECKING:

        def __init__(self, **words: Any) -> None:
            self.__dict__.update({name: value for name, value in words.items() if value is not None})

    def given(self) -> dict[str, Any]:
        """Return the words that were given, by attribute."""
        return dict(self.__dict__)


class LinkArgs(ObjectArgs):
    """One link of `Links`: its kind as `ip link add type` names it, its name, and the words of that kind."""

    if TYPE_CHECKING:

        def __init__(self, *, kind: str, name: pulumi.Input[str], **words: Any) -> None: ...


class AddressArgs(AddressWords, ObjectArgs):
    """One address of `Addresses`."""


class RouteArgs(RouteWords, ObjectArgs):
    """One route of `Routes`."""


class RuleArgs(RuleWords, ObjectArgs):
    """One rule of `Rules`."""


class Objects(Declared):
    """Many objects that belong to one resource; others of their kind are left alone.

    All are made, or none. A preview shows them one a line, whatever their order; a line that is gone is an object
    that is removed.
    """

    _family: ClassVar[Any] = _OBJECTS
    _kind: ClassVar[str]
    _listed: ClassVar[str]

    adopt: bool = argument("Take over objects that exist already and are nobody's.")
    on_destroy: OnDestroy = argument("What becomes of adopted objects.")
    mark: Property[str] = output("The ownership mark of the set.")

    def __init_subclass__(cls, kind: str = "", listed: str = "") -> None:
        """Declare a set of the objects of a kind, or of the kinds below a name."""
        super().__init_subclass__(module="linux")
        cls._kind, cls._listed = kind, listed

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        listed = arguments.pop(self._listed, None)
        given = {key: value for key, value in arguments.items() if value is not None}
        return {
            "found": None,
            "reached": None,
            **given,
            "menu": self._kind,
            "mark": own_mark(self, name, opts),
            "objects": None if listed is None else rendered(Family(self._kind, registry.menu), listed),
        }


class Links(Objects, kind="link", listed="links"):
    """Links of any kinds (ip-link(8)): `{"kind": "gre", "name": "gre1", "local": ..., "remote": ...}`."""

    links: Required[Sequence[LinkArgs | Mapping[str, Any]]] = required("The links.")


class Addresses(Objects, kind="address", listed="addresses"):
    """Addresses on links (ip-address(8))."""

    addresses: Required[Sequence[AddressArgs | Mapping[str, Any]]] = required("The addresses.")


class Routes(Objects, kind="route", listed="routes"):
    """Routes (ip-route(8)); those of the kernel, of DHCP and of routing daemons are left alone."""

    routes: Required[Sequence[RouteArgs | Mapping[str, Any]]] = required("The routes.")


class Rules(Objects, kind="rule", listed="rules"):
    """Routing rules (ip-rule(8)); the kernel's own are left alone."""

    rules: Required[Sequence[RuleArgs | Mapping[str, Any]]] = required("The rules.")


def rendered(family: Family, listed: Any) -> pulumi.Output[str]:
    """Return objects as text; it is unknown if anything in it is, and secret likewise."""
    entries: pulumi.Output[Any] = pulumi.Output.from_input(listed).apply(_entries)
    return entries.apply(lambda known: _text(family, [_named(each) for each in known]))


def _entries(listed: Any) -> pulumi.Output[Any]:
    return pulumi.Output.all(*[each.given() if isinstance(each, ObjectArgs) else each for each in listed or []])


def _named(entry: Any) -> dict[str, Any]:
    """Return an entry's words; what is no mapping is kept, for the check to tell."""
    given = entry if isinstance(entry, Mapping) else {"object": entry}
    return {str(name): value for name, value in given.items() if value is not None}


def _text(family: Family, entries: list[dict[str, Any]]) -> Any:
    menus = [family.menu({name: str(value) for name, value in entry.items()}) for entry in entries]
    listing = members.block(family, [_line(family, *pair) for pair in zip(menus, entries, strict=True)])
    return pulumi.Output.secret(listing) if any(map(_secretive, menus, entries)) else listing


def _line(family: Family, menu: Menu | None, entry: dict[str, Any]) -> str:
    if menu is None:
        return members.strange(entry)
    words = {name: value for name, value in entry.items() if name != members.KIND or not family.mixed}
    return members.line(family, menu, members.spelled(menu, words))


def _secretive(menu: Menu | None, entry: dict[str, Any]) -> bool:
    return menu is not None and any(menu.words[name].secret for name in entry if name in menu.words)
