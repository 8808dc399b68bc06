"""The emulator's tables say what real routers recorded: no word more, and none less."""

from __future__ import annotations

from itertools import chain

import pytest

from isthmus_lab.routeros import schema_load
from isthmus_lab.routeros.command import Command, Trap
from isthmus_lab.routeros.commands import dispatch
from isthmus_lab.routeros.router import Router
from isthmus_lab.routeros.schema import Menu
from isthmus_lab.routeros.users import READER
from isthmus_lab.routeros.versions import Version
from tests.support import recorded

BESIDE_ARGUMENTS = {"copy-from", "place-before", "numbers"}
NOT_ON_A_VIRTUAL_ROUTER = {"/system/routerboard"}
OF_THE_API_ONLY = {"getall", "export"}
PROBED = {"v7.20.8": "7.20.8", "v7.22.1": "7.22.1"}
PUNCTUATION = {"!", "!,", ",", ":"}


def menus(version: str) -> dict[str, Menu]:
    found = schema_load.menus(Version.parse(version))
    return {path: menu for path, menu in found.items() if path not in NOT_ON_A_VIRTUAL_ROUTER}


def recorded_arguments(version: str, path: str, command: str) -> set[str]:
    return set(recorded.arguments(version, path, command)) - BESIDE_ARGUMENTS


def emulated_arguments(menu: Menu, command: str) -> set[str]:
    if command in menu.without or (command == "add" and menu.kind != "list"):
        return set()
    return {argument.name for argument in menu.arguments.values() if argument.only in (None, command)}


@pytest.mark.parametrize("version", recorded.VERSIONS)
def test_every_menu_exists_in_that_version(version: str) -> None:
    assert [path for path in menus(version) if recorded.menu(version, path) is None] == []


@pytest.mark.parametrize("command", ["add", "set"])
@pytest.mark.parametrize("version", recorded.VERSIONS)
def test_a_menu_has_exactly_the_arguments_of_that_version(version: str, command: str) -> None:
    found = {
        path: emulated_arguments(menu, command) ^ recorded_arguments(version, path, command)
        for path, menu in menus(version).items()
        if command not in menu.without
    }
    assert {path: sorted(different) for path, different in found.items() if different} == {}


@pytest.mark.parametrize("version", recorded.VERSIONS)
def test_a_menu_can_be_ordered_and_unset_as_in_that_version(version: str) -> None:
    def can(menu: Menu) -> set[str]:
        unset = any(argument.unset for argument in menu.arguments.values())
        return {word for word, holds in {"move": menu.ordered, "unset": unset}.items() if holds}

    found = {
        path: can(menu) ^ (recorded.commands(version, path) & {"move"} | (can(menu) & {"unset"}))
        for path, menu in menus(version).items()
    }
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("version", recorded.VERSIONS)
def test_a_menu_has_no_command_that_the_version_lacks(version: str) -> None:
    found = {
        path: set(dispatch.commands(menu)) - recorded.commands(version, path) - OF_THE_API_ONLY
        for path, menu in menus(version).items()
    }
    assert {path: words for path, words in found.items() if words} == {}


def test_what_can_be_unset_is_what_the_console_offers_to_unset() -> None:
    found = {
        path: {argument.name for argument in menu.arguments.values() if argument.unset}
        ^ (recorded.unsettable(path) & set(menu.arguments))
        for path, menu in menus(recorded.COMPLETED).items()
    }
    assert {path: sorted(different) for path, different in found.items() if different} == {}


def test_the_words_of_an_argument_are_those_that_the_console_offers() -> None:
    found = {}
    for path, menu in menus(recorded.COMPLETED).items():
        for argument in menu.arguments.values():
            offered = recorded.completions(recorded.argument(recorded.COMPLETED, path, argument.name)) - PUNCTUATION
            if argument.values and offered:
                found[f"{path} {argument.name}"] = (set(argument.values) | argument.words) ^ offered
    assert {name: different for name, different in found.items() if different} == {}


@pytest.mark.parametrize("version", recorded.VERSIONS)
def test_the_words_of_a_list_are_those_of_that_version(version: str) -> None:
    found = {}
    for path, menu in menus(version).items():
        for argument in menu.arguments.values():
            offered = recorded.alternatives(recorded.argument(version, path, argument.name))
            if offered and offered != set(argument.values):
                found[f"{path} {argument.name}"] = offered ^ set(argument.values)
    assert found == {}


@pytest.mark.parametrize("probe", PROBED)
def test_add_refuses_to_go_without_what_a_router_refuses_to_go_without(probe: str) -> None:
    version = PROBED[probe]
    router = Router("seattle", version)
    operator = router.authenticate("admin", "")
    assert operator is not None
    found = {}
    for entry in recorded.document(f"required-args.{probe}.json"):
        path = entry["path"]
        if path in menus(version) and "add" not in menus(version)[path].without:
            refusal = refused(router, operator, path)
            expected = entry["rawError"].removeprefix("Script Error: ").partition(" (/")[0]
            if refusal != expected:
                found[path] = (refusal, expected)
    assert found == {}


def refused(router: Router, operator: object, path: str) -> str:
    try:
        router.execute(operator, Command(f"{path}/add"))  # type: ignore[arg-type]
    except Trap as trap:
        return trap.message
    return ""


def test_print_shows_nothing_that_a_router_does_not_show() -> None:
    found = {}
    for path, recording in recorded.document("menus-vpn-7.22.json")["paths"].items():
        if path in menus(recorded.COMPLETED) and recording.get("props"):
            menu = menus(recorded.COMPLETED)[path]
            facts = chain.from_iterable(row.facts for row in menu.first_rows)
            strange = (set(menu.shown) | set(facts)) - set(recording["props"])
            if strange:
                found[path] = sorted(strange)
    assert found == {}


def test_6_49_knows_every_word_of_the_exports(capsys: pytest.CaptureFixture[str]) -> None:
    known = menus("6.49.7")
    exported = {path: lines for path, lines in recorded.exported().items() if path in known}
    found = {
        path: sorted({word.removeprefix("!") for line in lines for word in line["args"]} - set(known[path].arguments))
        for path, lines in exported.items()
    }
    with capsys.disabled():
        words = {(path, word) for path, lines in exported.items() for line in lines for word in line["args"]}
        arguments = sum(len(menu.arguments) for menu in known.values())
        print(
            f"\n6.49: {len(exported)} of the emulator's {len(known)} menus and {len(words)} of their {arguments} "
            f"arguments stand in a recorded export"
        )
    assert {path: words for path, words in found.items() if words} == {}


def test_a_fresh_6_49_router_has_the_values_of_the_exports() -> None:
    router = Router("seattle", "6.49.7")
    found = {}
    for path, exported in recorded.extracted():
        menu = menus("6.49.7")[path]
        rows = router.execute(READER, Command(f"{path}/print")).rows
        fresh = rows[0] if rows else {name: argument.default for name, argument in menu.arguments.items()}
        for name in exported.keys() & menu.arguments.keys():
            wanted = exported[name].strip('"')
            if wanted != "…" and fresh.get(name) != menu.arguments[name].normalise(wanted, name):
                found[f"{path} {name}"] = (fresh.get(name), wanted)
        assert exported.keys() - {"default"} <= menu.arguments.keys()
    assert found == {}


def test_the_share_covered_by_recordings_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        for version in recorded.VERSIONS:
            paths = [path for path in menus(version) if recorded.menu(version, path) is not None]
            known = sum(len(menus(version)[path].arguments) for path in paths)
            print(f"\n{version}: {len(paths)} menus and {known} arguments compared with the recording", end="")
    assert menus("7.24")
