"""Nothing that a router rewrites shows as a change: it prints what we compare with, however a value was given.

The emulated router normalises values by tables of its own.
"""

from __future__ import annotations

from functools import cache

import pytest

from isthmus.engine.menu import Menu, Word
from isthmus.engine.version import parse
from isthmus_lab.routeros import schema, schema_load
from isthmus_lab.routeros.command import Trap
from isthmus_lab.routeros.versions import Version
from tests.support.declarations import Findings, menus, told, words
from tests.support.samples import samples

VERSIONS = ("6.49.7", "7.12", "7.16", "7.20", "7.24")


@cache
def emulated(version: str) -> dict[str, schema.Menu]:
    return dict(schema_load.menus(Version.parse(version)))


def compared(version: str) -> list[tuple[Menu, Word, schema.Argument]]:
    """Return each word with the emulator's argument of that version."""
    pairs = words(parse(version))
    return [(menu, word, emulated(version)[menu.path].arguments[word.name]) for menu, word in pairs]


def printed(argument: schema.Argument, sent: str) -> str | None:
    """Return what the router prints for a value, None if it refuses it."""
    try:
        return argument.normalise(sent, argument.name)
    except Trap:
        return None


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_router_prints_is_what_was_sent(version: str) -> None:
    found: Findings = {}
    for menu, word, argument in compared(version):
        for sent in spelled(word, version):
            shown = printed(argument, sent)
            if shown is not None and word.kind.canonical(shown) != sent:
                found[menu.path, word.name] = f"{sent} is printed {shown}, read as {word.kind.canonical(shown)}"
    assert not found, told(found)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_router_takes_some_of_the_values_of_every_word(version: str) -> None:
    found: Findings = {
        (menu.path, word.name): f"none of {spelled(word, version)} is taken"
        for menu, word, argument in compared(version)
        if all(printed(argument, sent) is None for sent in spelled(word, version))
    }
    assert not found, told(found)


def spelled(word: Word, version: str) -> list[str]:
    """Return what is sent for each sample that the version knows."""
    sent = (word.kind.canonical(value) for value in samples(word.kind))
    return [text for text in sent if (since := word.kind.since(text)) is None or since <= parse(version)]


@pytest.mark.parametrize("version", VERSIONS)
def test_defaults_are_those_that_the_emulated_router_shows(version: str) -> None:
    found: Findings = {}
    for menu, word, argument in compared(version):
        default = word.default_of(parse(version))
        if argument.default is not None and default is not None and word.kind.canonical(argument.default) != default:
            found[menu.path, word.name] = f"{default} is declared, the router shows {argument.default}"
    assert not found, told(found)


def test_words_that_name_rows_of_other_menus_are_the_emulated_routers_references() -> None:
    version = "7.20"
    found: Findings = {
        (menu.path, word.name): f"refers={word.refers} is declared, the router looks in {argument.of}"
        for menu, word, argument in compared(version)
        if word.refers != bool(argument.of)
    }
    assert not found, told(found)
    assert menus()
