"""What is declared for RouterOS 6.49 is what its exports show, as far as they reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from isthmus.engine.menu import Menu
from isthmus.engine.version import parse
from tests.support import recorded
from tests.support.declarations import (
    UNDECLARED,
    VERSIONS,
    Findings,
    menus,
    recorded_words,
    told,
    understood,
    words,
)

OLDEST = parse("6.49.7")
EXTRACT = "v6.49.7-and-v7-verbose-extract.md"

PATHS = {
    "/ip/ipsec/peer/profile": "/ip/ipsec/profile",
    "ipsec profile": "/ip/ipsec/profile",
    "ipsec proposal": "/ip/ipsec/proposal",
    "ipsec policy": "/ip/ipsec/policy",
    "policy": "/ip/ipsec/policy",
    "identity (same)": "/ip/ipsec/identity",
    "bridge port": "/interface/bridge/port",
    "ip route": "/ip/route",
}
"""Menus that the exports name otherwise, or that had another path then."""

HIDDEN = {"...", "…", "***"}
"""What stands for a value that was taken out of an export."""

Row = dict[str, str]
"""The words of an export's line; one that is unset there has no value."""


def rows() -> Iterator[tuple[Menu, Row]]:
    for path, lines in recorded.exported().items():
        menu = menus().get(PATHS.get(path, path))
        if menu is not None:
            yield from ((menu, unsigned(line["args"])) for line in lines)
    for title, row in extract():
        if title in PATHS:
            yield menus()[PATHS[title]], row


def unsigned(words: dict[str, str | bool]) -> Row:
    return {name.removeprefix("!"): text if isinstance(text, str) else "" for name, text in words.items()}


def extract() -> Iterator[tuple[str, Row]]:
    """Yield the lines of the 6.49 exports: the menu's title, and the words behind the command."""
    for line in (recorded.folder() / EXTRACT).read_text("utf-8").splitlines():
        title, _, command = line.removeprefix("- ").partition(": ")
        text = re.sub(r"^(add|set)( \[[^]]*\]| \d+)?", "", command)
        yield title, unsigned(dict(re.findall(r"(!?[a-z][a-z0-9-]*)(?:=(\S+))?", text)))


def test_every_word_of_the_exports_is_declared() -> None:
    found: Findings = {
        (menu.path, name): "in an export, but not declared for 6.49"
        for menu, row in rows()
        for name in row
        if (menu.path, name) not in UNDECLARED and not (name in menu.by_name and menu.by_name[name].known(OLDEST))
    }
    assert not found, told(found)


def test_every_value_of_the_exports_is_understood() -> None:
    found: Findings = {
        (menu.path, name): text
        for menu, row in rows()
        for name, text in row.items()
        if name in menu.by_name and text and text not in HIDDEN and not understood(menu.by_name[name].kind, text)
    }
    assert not found, told(found)


@pytest.mark.parametrize("title", ["ipsec profile", "ipsec proposal"])
def test_defaults_are_those_of_the_row_that_a_router_has_from_the_start(title: str) -> None:
    menu = menus()[PATHS[title]]
    row = menu.canonical(next(row for found, row in extract() if found == title))
    assert {name: menu.by_name[name].default_of(OLDEST) for name in row if name != "name"} == {
        name: text for name, text in row.items() if name != "name"
    }


def test_a_word_counts_as_recorded_only_if_a_recording_has_it() -> None:
    exported = {(menu.path, name) for menu, row in rows() for name in row}
    found: Findings = {
        (menu.path, word.name): f"its evidence is {word.evidence}"
        for menu in menus().values()
        for word in menu.words.values()
        for known in [(menu.path, word.name) in exported or in_a_schema(menu.path, word.name)]
        if known != (word.evidence == "recorded")
    }
    assert not found, told(found)


def in_a_schema(path: str, name: str) -> bool:
    return any(name in recorded_words(version, path) for version in VERSIONS)


def test_the_share_covered_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    every = {(menu.path, word.name) for menu, word in words(OLDEST)}
    seen = {(menu.path, name) for menu, row in rows() for name in row} & every
    with capsys.disabled():
        print(f"\n6.49: {len(seen)} of {len(every)} declared words stand in a recorded export")
    assert seen
