"""A resource's inputs and outputs as the engine sees them, and as the provider works with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi.runtime.rpc import wrap_rpc_secret

from isthmus.declare import registry
from isthmus.dynamic.base import Props, unknown
from isthmus.dynamic.where import named
from isthmus.engine import checks, mark
from isthmus.engine.changes import Baseline, Words
from isthmus.engine.checks import Problem
from isthmus.engine.mark import Mark
from isthmus.engine.menu import Menu, spell, untyped, widened
from isthmus.engine.order import Place
from isthmus.engine.version import parse
from isthmus.errors import ConfigurationError
from isthmus.transact.item import Item, Kept
from isthmus.transact.transaction import Owner

KEPT = ("row", "found", "former", "noted", "reached", "unmarked", "displaced", "__provider")
"""What the state keeps besides inputs: see `kept`."""
OPTIONS = ("device", "menu", "mark", "place", "adopt", "on_destroy")
"""Inputs that are no words."""
GENERIC = (*OPTIONS, "key", "comments")
"""Those of a generic resource, whose words stand apart."""


def menu_of(props: Props, olds: Props | None = None) -> Menu:
    """Return the menu that a resource is in; a generic one also knows the words that it is, and was, given."""
    path, generic = str(props["menu"]), props.get("properties")
    known = registry.menu(path)
    if generic is not None:
        names = [*given(props), *(given(olds) if olds else ())]
        free = untyped(path, names, key=tuple(props.get("key") or ()), comment=bool(props.get("comments", True)))
        return free if known is None else widened(known, free)
    if known is None:
        raise ConfigurationError(f"{path} is not declared in this version of isthmus: use the version that made it")
    return known


def given(props: Props) -> dict[str, Any]:
    """Return the properties of a resource that are words, by attribute; a generic one's by the router's names."""
    if "properties" in props:
        generic = props["properties"]
        return dict(generic) if isinstance(generic, Mapping) else {}
    return {
        name: value for name, value in props.items() if name not in KEPT and name not in OPTIONS and value is not None
    }


def words(menu: Menu, props: Props) -> dict[str, str]:
    """Return the known words of a resource by the router's names, in canonical spelling."""
    known = {name: value for name, value in given(props).items() if name in menu.words and not unknown(value)}
    return {menu.words[name].name: spell(menu.words[name], value) for name, value in known.items()}


def shown(menu: Menu, props: Props, seen: Words) -> dict[str, Any]:
    """Return words as properties, in the form that a resource shows them."""
    values = {
        menu.by_name[name].attribute: menu.by_name[name].kind.python(text) if text else text
        for name, text in seen.items()
    }
    return {"properties": values} if "properties" in props else values


def options(props: Props) -> Props:
    """Return the inputs that are no words."""
    return {name: props[name] for name in (GENERIC if "properties" in props else OPTIONS) if name in props}


def item(props: Props, olds: Props | None = None) -> Item:
    """Return the row that a resource declares; `olds` is what it declared before."""
    menu = menu_of(props, olds)
    return Item(menu, words(menu, props), mark_of(props), place(props.get("place")), bool(props.get("adopt")))


def mark_of(props: Props) -> Mark:
    """Return a resource's ownership mark."""
    return mark.parse(str(props["mark"]))


def place(text: str | None) -> Place | None:
    """Return the place that an input spells: `first`, `last`, `before X`, `after X`; None if none is owned."""
    if not text:
        return None
    side, _, anchor = text.partition(" ")
    if side == "before":
        return Place("before", anchor)
    return Place("after", anchor) if side == "after" else Place()


def owner(props: Props) -> Owner:
    """Return the stack that a resource belongs to, as the device's lock names it."""
    stack = mark_of(props).stack
    return Owner(stack, f"project {pulumi.get_project()} (its stack's rows are marked {stack})")


def kept(props: Props) -> Kept:
    """Return what the state remembers of a row."""
    noted = props.get("found") or {}
    spelled = {name: (pair[0], pair[1]) for name, pair in (noted.get("spelled") or {}).items()}
    version = parse(str(noted.get("version") or "7.0"))
    base = Baseline(dict(noted.get("words") or {}), version, spelled, noted.get("seals"))
    return Kept(str(props.get("row", "")), base, props.get("former"), bool(props.get("noted")))


def keep(state: Kept) -> Props:
    """Return what the state is to remember of a row."""
    noted = {"noted": True} if state.noted else {}
    return {"row": state.row, **found(state.base), **({} if state.former is None else before(state.former)), **noted}


def found(base: Baseline) -> Props:
    """Return what the state is to remember of what the router made of a resource."""
    spelled = {"spelled": {name: list(pair) for name, pair in base.spelled.items()}} if base.spelled else {}
    seals = {} if base.seals is None else {"seals": dict(base.seals)}
    return {"found": {"words": dict(base.words), "version": str(base.version), **spelled, **seals}}


def before(former: Words) -> Props:
    """Return what the state is to remember of what was there before us: a secret, for secrets may be among it."""
    return {"former": wrap_rpc_secret(dict(former))}


def misused(menu: Menu, *, singleton: bool) -> list[Problem]:
    """Say that a declared menu is one of settings where a row is wanted, or the other way round."""
    if registry.menu(menu.path) is None or menu.singleton == singleton:
        return []
    if singleton:
        return [Problem("menu", f"{menu.path} is a list, not a menu of settings: use routeros.Item for it")]
    return [Problem("menu", f"{menu.path} is a menu of settings, not a list: use routeros.Settings for it")]


def problems(menu: Menu, props: Props) -> tuple[dict[str, Any], list[Problem]]:
    """Return a resource's words in canonical form, and what is wrong with them."""
    everything = given(props)
    known = {name: value for name, value in everything.items() if not unknown(value)}
    spelled, wrong = checks.canonical(menu, known)
    values = {name: menu.words[name].kind.python(text) for name, text in spelled.items()}
    wrong += checks.missing(menu, everything) + _keyless(menu, props)
    if not wrong and len(known) == len(everything):
        wrong += checks.together(menu, spelled)
    return {**everything, **values}, wrong


def _keyless(menu: Menu, props: Props) -> list[Problem]:
    """Say which words of a generic resource's key it is not given: no row would be told by them."""
    if unknown(props.get("properties")) or registry.menu(menu.path) is not None:
        return []
    absent = [name for name in menu.key if name not in given(props)]
    return [Problem("key", f"{menu.path}: key: {name!r} is not among the properties") for name in absent]


def replaced(olds: Props, news: Props) -> list[str]:
    """Return the inputs whose change moves a resource elsewhere; a device under the same name is the same."""
    names = (name for name in ("device", "menu") if not unknown(news.get(name)))
    return [name for name in names if named(olds.get(name)) != named(news.get(name))]
