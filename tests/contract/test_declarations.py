"""What is declared of RouterOS's menus is what real routers recorded: no word more, and none less."""

from __future__ import annotations

import re

import pytest

from isthmus.engine import kinds
from isthmus.engine.menu import Menu, Word
from isthmus.engine.version import Version, parse
from tests.support import recorded
from tests.support.declarations import (
    UNDECLARED,
    VERSIONS,
    Findings,
    choice,
    menus,
    recorded_words,
    told,
    understood,
    words,
)

NAMED_BY_US = "name"
"""The word that a resource fills in by itself."""

SOMETIMES_REQUIRED = {("/ip/ipsec/policy", "peer"): "a template has none"}
"""Words that a router asks for, but not of every row."""

SENSELESS_WITHOUT = {("/ip/firewall/address-list", "address"), ("/ipv6/firewall/address-list", "address")}
"""Words that a router does not ask for, but without which a row is nothing."""

MANUAL_ONLY = {("/ip/route", "check-gateway"): {"bfd"}}
"""Values that MikroTik's manual knows, but no recording."""

COMPOSED = (kinds.Form, kinds.Limit, kinds.DstLimit, kinds.Daytime)
IN_TWO_PARTS = {"ipsec-policy"}
"""Values of several parts, of which the console offers only the first."""

DROPPED = {"ec2n185", "ec2n155"}
"""Values that RouterOS 7.12 dropped; none is declared that the first-class versions do not have."""

PROBED = ("v7.20.8", "v7.22.1")
PUNCTUATION = {"!", "!,", ",", ":"}


def declared(menu: Menu, version: Version) -> set[str]:
    return {word.name for word in menu.words.values() if menu.present(version) and word.known(version)}


def values(word: Word, version: Version) -> set[str]:
    """Return the values of an enumeration that a version has."""
    found = choice(word.kind)
    assert found is not None
    return {value for value in found.values if (since := found.since(value)) is None or since <= version}


def offered(menu: Menu, word: Word) -> set[str]:
    """Return the values that the console offers."""
    completions = recorded.completions(recorded.argument(recorded.COMPLETED, menu.path, word.name))
    return {value.removeprefix("!") for value in completions - PUNCTUATION}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_menu_is_declared_for_the_versions_that_have_it(version: str) -> None:
    declared_for = {path for path, menu in menus().items() if menu.present(parse(version))}
    assert declared_for == {path for path in menus() if recorded.menu(version, path) is not None}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_menu_has_exactly_the_words_of_that_version(version: str) -> None:
    found: Findings = {}
    for path, menu in menus().items():
        ours, theirs = declared(menu, parse(version)), recorded_words(version, path)
        found |= {(path, name): f"declared, but not in {version}" for name in ours - theirs}
        found |= {(path, name): f"in {version}, but not declared" for name in theirs - ours}
    assert not found, told(found)


@pytest.mark.parametrize(("path", "name"), UNDECLARED)
def test_what_is_left_out_on_purpose_is_a_word_of_a_router(path: str, name: str) -> None:
    assert recorded.argument("7.24", path, name)
    assert name not in menus()[path].by_name


def test_what_can_be_unset_is_what_the_console_offers_to_unset() -> None:
    found: Findings = {
        (menu.path, word.name): f"unset={word.unset} is declared, but not what the console offers"
        for menu, word in words(parse(recorded.COMPLETED))
        if bool(word.unset) != (word.name in recorded.unsettable(menu.path))
    }
    assert not found, told(found)


@pytest.mark.parametrize("probe", PROBED)
def test_a_word_is_required_where_a_router_refuses_to_go_without(probe: str) -> None:
    probed = {
        (entry["path"], name)
        for entry in recorded.document(f"required-args.{probe}.json")
        for name in entry["required"]
        if entry["path"] in menus() and name != NAMED_BY_US
    }
    ours = {(menu.path, word.name) for menu in menus().values() for word in menu.required}
    assert ours == probed - set(SOMETIMES_REQUIRED) | SENSELESS_WITHOUT


def test_an_enumeration_has_the_values_that_the_console_offers() -> None:
    version = parse(recorded.COMPLETED)
    found: Findings = {}
    for menu, word in words(version):
        if choice(word.kind) and word.name not in IN_TWO_PARTS and (theirs := offered(menu, word)):
            ours = values(word, version) - MANUAL_ONLY.get((menu.path, word.name), set())
            found |= {(menu.path, word.name): ours ^ theirs} if ours != theirs else {}
    assert not found, told(found)


def test_a_value_that_the_console_offers_is_understood() -> None:
    found: Findings = {}
    for menu, word in words(parse(recorded.COMPLETED)):
        kind = word.kind.of if isinstance(word.kind, kinds.Negatable) else word.kind
        if not isinstance(kind, COMPOSED) and word.name not in IN_TWO_PARTS:
            refused = {value for value in offered(menu, word) if not understood(kind, value)}
            found |= {(menu.path, word.name): refused} if refused else {}
    assert not found, told(found)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_list_has_the_values_of_that_version(version: str) -> None:
    found: Findings = {}
    for menu, word in words(parse(version)):
        theirs = recorded.alternatives(recorded.argument(version, menu.path, word.name)) - DROPPED
        if choice(word.kind) and theirs and (different := values(word, parse(version)) ^ theirs):
            found[menu.path, word.name] = different
    assert not found, told(found)


def test_a_number_has_the_bounds_that_the_manual_gives() -> None:
    found: Findings = {}
    for path, known in recorded.document("menus-vpn-7.22.json")["paths"].items():
        for word in menus()[path].words.values() if path in menus() else ():
            bounds = re.findall(
                r"num \[(\d+) \.\. (\d+)\]", (known.get("types") or {}).get(word.name, {}).get("type", "")
            )
            kind = word.kind.of if isinstance(word.kind, kinds.Negatable) else word.kind
            if isinstance(kind, kinds.Number | kinds.Span) and bounds:
                low, high = bounds[0]
                found |= {} if (kind.low, kind.high) == (int(low), int(high)) else {(path, word.name): bounds}
    assert not found, told(found)


def test_the_share_covered_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [share(version) for version in VERSIONS]
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert menus()


def share(version: str) -> str:
    every = list(words(parse(version)))
    compared = sum(word.name in recorded_words(version, menu.path) for menu, word in every)
    offers = sum(bool(offered(menu, word)) for menu, word in every)
    return (
        f"{version}: {compared} of {len(every)} declared words compared with the recording, {offers} with their values"
    )
