"""Resources for menus that have no class of their own."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, ParamSpec

import pulumi
from pulumi.dynamic import Resource

from isthmus.declare import registry
from isthmus.dynamic import ItemProvider, SettingsProvider
from isthmus.engine.menu import sounds_secret
from isthmus.routeros.base import Device, OnDestroy, own_mark

_ITEM = ItemProvider()
_SETTINGS = SettingsProvider()

P = ParamSpec("P")


def in_one_line(init: Callable[P, None]) -> Callable[P, None]:
    """Let a call with wrong arguments end the program with one line instead of Python's traceback."""
    known = inspect.signature(init)

    @wraps(init)
    def checked(*args: P.args, **given: P.kwargs) -> None:
        try:
            known.bind(*args, **given)
        except TypeError as wrong:
            raise pulumi.RunError(_explained(args, given, known, str(wrong))) from None
        init(*args, **given)

    return checked


def _explained(args: Sequence[Any], given: Mapping[str, Any], known: inspect.Signature, wrong: str) -> str:
    this, *names = args
    what = f"{next(iter(names), given.get('resource_name', ''))}: routeros.{type(this).__name__}"
    unknown = next((name for name in given if name not in known.parameters), None)
    if unknown is None:
        return f"{what}: {wrong}"
    near = difflib.get_close_matches(unknown, list(known.parameters), 1)
    meant = f"did you mean {near[0]!r}?" if near else "the words of the menu belong into properties"
    return f"{what} has no argument {unknown!r}; {meant}"


class Item(Resource, module="routeros", name="Item"):
    """One row of any menu, in the router's own words.

    menu: the menu's path, such as `/interface/vlan`. properties: its words as the router spells them; a menu with a
    class of its own is checked as that is, another only by the router. key: the words by which a row is told from
    the others (`["name"]`); where a row stands there already, it is refused or adopted. comments: False for the few
    menus whose rows have no comment; without a `key` too, a row of such a menu is known by its id and its words.
    """

    mark: pulumi.Output[str]
    properties: pulumi.Output[Mapping[str, Any]]

    @in_one_line
    def __init__(
        self,
        resource_name: str,
        *,
        device: pulumi.Input[Device],
        menu: str,
        properties: pulumi.Input[Mapping[str, pulumi.Input[Any]]],
        key: Sequence[str] = (),
        comments: bool = True,
        adopt: bool = False,
        on_destroy: OnDestroy = "restore",
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        if isinstance(key, str):
            raise pulumi.RunError(f"{resource_name}: key: expected a list such as [{key!r}], found {key!r}")
        options = {"key": list(key), "comments": comments, "adopt": adopt, "on_destroy": on_destroy}
        inputs = {**_inputs(menu, properties), "device": device, "mark": own_mark(self, resource_name, opts)}
        super().__init__(_ITEM, resource_name, {**inputs, **options}, opts)


class Settings(Resource, module="routeros", name="Settings"):
    """Words of any menu of settings, such as `/ip/settings`; what was there before comes back on destroy."""

    properties: pulumi.Output[Mapping[str, Any]]

    @in_one_line
    def __init__(
        self,
        resource_name: str,
        *,
        device: pulumi.Input[Device],
        menu: str,
        properties: pulumi.Input[Mapping[str, pulumi.Input[Any]]],
        on_destroy: OnDestroy = "restore",
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {**_inputs(menu, properties), "device": device, "mark": own_mark(self, resource_name, opts)}
        super().__init__(_SETTINGS, resource_name, {**inputs, "comments": False, "on_destroy": on_destroy}, opts)


def _inputs(menu: str, properties: Any) -> dict[str, Any]:
    """Return menu and properties, those that are secret, or sound so, as secrets."""
    return {"menu": menu, "properties": _hidden(menu, properties)}


def _hidden(path: str, properties: Any) -> Any:
    if not isinstance(properties, Mapping):
        return pulumi.Output.from_input(properties).apply(lambda given: _hidden(path, given))
    menu = registry.menu(path)
    declared = {word.name for word in menu.words.values() if word.secret} if menu else set()
    return {
        name: pulumi.Output.secret(value) if name in declared or sounds_secret(name) else value
        for name, value in properties.items()
    }
