"""What is declared of RouterOS's menus, as the tests that compare it with recordings look at it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from isthmus.declare import registry
from isthmus.engine import kinds
from isthmus.engine.kinds import Kind
from isthmus.engine.menu import Menu, Word
from isthmus.engine.version import Version
from tests.support import recorded

VERSIONS = ("7.9.2", *recorded.VERSIONS)
BESIDE_WORDS = {"copy-from", "place-before", "numbers"}

UNDECLARED = {
    ("/ip/address", "netmask"): "the router folds it into the address and never shows it",
    ("/ip/firewall/address-list", "dynamic"): "the router forgets such an entry when it restarts",
    ("/ip/firewall/address-list", "timeout"): "the router counts it down and removes the entry",
    ("/ipv6/firewall/address-list", "dynamic"): "the router forgets such an entry when it restarts",
    ("/ipv6/firewall/address-list", "timeout"): "the router counts it down and removes the entry",
    ("/ip/ipsec/policy", "sa-dst-address"): "the router takes it from the peer and shows what it uses",
    ("/ip/ipsec/policy", "sa-src-address"): "the router takes it from the peer and shows what it uses",
}
"""Words that cannot be kept as declared, and why."""

Findings = dict[tuple[str, str], object]
"""What is wrong with words, by menu and name."""


@cache
def menus() -> dict[str, Menu]:
    """Return every declared menu by its path."""
    return {path: menu for path in registry.paths() if (menu := registry.menu(path)) is not None}


def words(version: Version) -> Iterator[tuple[Menu, Word]]:
    """Yield every word that is declared for a version."""
    for menu in menus().values():
        if menu.present(version):
            yield from ((menu, word) for word in menu.words.values() if word.known(version))


def recorded_words(version: str, path: str) -> set[str]:
    """Return the words of a menu that a version recorded, but for those left out on purpose."""
    every = {name for command in ("add", "set") for name in recorded.arguments(version, path, command)}
    return every - BESIDE_WORDS - {name for menu, name in UNDECLARED if menu == path}


def choice(kind: Kind) -> kinds.Choice | None:
    """Return the enumeration in a kind, if it has one."""
    while isinstance(kind, kinds.ListOf | kinds.Negatable):
        kind = kind.of
    return kind if isinstance(kind, kinds.Choice) else None


def understood(kind: Kind, value: str) -> bool:
    """Tell whether a kind takes a value."""
    try:
        kind.canonical(value)
    except ValueError:
        return False
    return True


def told(found: Findings) -> str:
    """Say what is wrong, a word in a line."""
    return "\n".join(f"{path} {name}: {what}" for (path, name), what in sorted(found.items()))
