"""Every word, on an emulated router: set it, read it back, take it from the program, and nothing is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from isthmus.devices import RouterOSDevice
from isthmus.engine import changes, mark
from isthmus.engine.menu import Menu, Word
from isthmus.engine.version import parse
from isthmus.transact import item as rows
from isthmus.transact.item import Item
from isthmus.transact.router import Router
from isthmus.transact.transaction import Owner
from isthmus.transports.routeros import pool
from isthmus_lab import EmulatedRouter
from isthmus_lab.routeros import schema, schema_load
from isthmus_lab.routeros.command import Trap
from isthmus_lab.routeros.versions import Version
from tests.support.declarations import menus, words
from tests.support.samples import samples

VERSIONS = ("6.49", "7.16", "7.20")
OWNER = Owner("7f3a", "test")

PREPARED: dict[str, dict[str, str]] = {
    "/interface/bridge": {"name": "office"},
    "/interface/list": {"name": "office"},
    "/ip/pool": {"name": "office", "ranges": "192.0.2.10-192.0.2.20"},
    "/ipv6/pool": {"name": "office", "prefix": "2001:db8:a::/48", "prefix-length": "64"},
    "/ip/ipsec/profile": {"name": "office"},
    "/ip/ipsec/proposal": {"name": "office"},
    "/ip/ipsec/policy/group": {"name": "office"},
    "/ip/ipsec/mode-config": {"name": "office"},
    "/ip/ipsec/peer": {"name": "office", "address": "192.0.2.9/32"},
    "/routing/table": {"name": "office"},
    "/certificate": {"name": "office", "common-name": "office"},
}
"""Rows for others to name."""

NEEDED: dict[str, dict[str, str]] = {"/ip/ipsec/policy": {"peer": "office"}}
"""Words without which a router takes no row, though the menu can do without."""

KEYS = "keys are only made by a command of their own"
UNTRIED = {
    ("6.49", "/ip/ipsec/identity", "key"): KEYS,
    ("7.16", "/ip/ipsec/identity", "key"): KEYS,
    ("7.20", "/ip/ipsec/identity", "key"): KEYS,
    ("6.49", "/ip/ipsec/identity", "remote-key"): KEYS,
    ("7.16", "/ip/ipsec/identity", "remote-key"): KEYS,
    ("7.20", "/ip/ipsec/identity", "remote-key"): KEYS,
}
"""Words that the emulated router has nothing for, and why."""


class Site(NamedTuple):
    """An emulated router, and how we reach it."""

    emulated: EmulatedRouter
    router: Router
    menus: dict[str, schema.Menu]


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    with EmulatedRouter("seattle", request.param, certificate=None) as emulated, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEATTLE_PASSWORD", "correct horse")
        emulated.control.execute("/user/add", {"name": "pulumi", "group": "full", "password": "correct horse"})
        known = dict(schema_load.menus(Version.parse(request.param)))
        for path, row in PREPARED.items():
            if path in known:
                emulated.control.execute(f"{path}/add", row)
        before = emulated.control.export()
        yield Site(emulated, reached(emulated), known)
        assert emulated.control.export() == before


def reached(emulated: EmulatedRouter) -> Router:
    words = {"name": "seattle", "host": "127.0.0.1", "port": emulated.api_port, "user": "pulumi", "tls": "off"}
    device = RouterOSDevice.from_snapshot(words | {"password": {"env": "SEATTLE_PASSWORD"}, "timeout": 5})
    assert isinstance(device, RouterOSDevice)
    return Router(device, pool(), {})


OPTIONAL = [
    pytest.param(version, menu.path, word.name, id=f"{version} {menu.path} {word.name}")
    for version in VERSIONS
    for menu, word in words(parse(version))
    if not (menu.singleton or word.required or word.name == "name")
]


@pytest.mark.parametrize(("site", "path", "name"), OPTIONAL, indirect=["site"])
def test_a_word_is_set_read_back_and_taken_away(site: Site, path: str, name: str) -> None:
    menu, word = menus()[path], menus()[path].by_name[name]
    if reason := UNTRIED.get((str(site.router.version), path, name)):
        pytest.skip(reason)
    without = base(site, menu, word)
    item = Item(menu, {**without, name: sample(site, menu, word)}, mark.make("test", "test", path, name))
    kept = rows.create(site.router, OWNER, item)
    try:
        assert seen(site, item, kept) == sparse(site, menu, item.words)
        if not changes.needs_replacing(menu, item.words, without, kept.base, site.router.version):
            bare = Item(menu, without, item.mark)
            kept = rows.update(site.router, OWNER, bare, item, kept)
            assert seen(site, bare, kept) == sparse(site, menu, bare.words)
    finally:
        rows.delete(site.router, OWNER, item, kept)


def seen(site: Site, item: Item, kept: rows.Kept) -> dict[str, str]:
    """Return the row as a refresh reports it."""
    site.router.forget(item.menu.path)
    found = rows.read(site.router, item, kept)
    assert found is not None
    return sparse(site, item.menu, found.words)


def sparse(site: Site, menu: Menu, row: changes.Words) -> dict[str, str]:
    """Return words without those that say what the router does by itself, which it may show or not."""
    defaults = {name: menu.by_name[name].default_of(site.router.version) or "" for name in row}
    return {name: text for name, text in row.items() if text not in {"", defaults[name]}}


def base(site: Site, menu: Menu, word: Word) -> dict[str, str]:
    """Return what a row needs besides the word: what is required or goes with it, and what makes it be shown."""
    argument = site.menus[menu.path].arguments[word.name]
    needed = {other.name: sample(site, menu, other) for other in menu.required}
    named = {"name": "branch"} if "name" in menu.by_name and menu.by_name["name"].known(site.router.version) else {}
    shows = {name: menu.by_name[name].kind.canonical(min(texts)) for name, texts in argument.when.items()}
    return {**named, **needed, **NEEDED.get(menu.path, {}), **shows, **_beside(site, menu, word)}


def _beside(site: Site, menu: Menu, word: Word) -> dict[str, str]:
    """Return the words that the router demands beside this one: a protocol beside a port."""
    demands = [demand for demand in site.menus[menu.path].demands if word.name in demand.words]
    return {name: min(texts) for demand in demands for name, texts in demand.among.items()}


def sample(site: Site, menu: Menu, word: Word) -> str:
    """Return a value that the router takes, if possible another than it would choose."""
    if word.refers:
        return word.kind.canonical("office")
    version = site.router.version
    argument = site.menus[menu.path].arguments[word.name]
    spelled = [word.kind.canonical(value) for value in samples(word.kind)]
    known = [text for text in spelled if (since := word.kind.since(text)) is None or since <= version]
    taken = [text for text in known if accepted(argument, text)]
    return next((text for text in taken if text != word.default_of(version)), taken[0])


def accepted(argument: schema.Argument, text: str) -> bool:
    try:
        argument.normalise(text, argument.name)
    except Trap:
        return False
    return True
