"""The reference says what the declarations say, and nothing in it is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pulumi
import pytest
from mypy import api as mypy

from isthmus.declare.reference import schema
from isthmus.declare.reference.__main__ import write
from isthmus.declare.reference.arguments import keys, nested, outputs
from isthmus.declare.reference.catalogue import Entry, resources
from isthmus.declare.reference.chosen import BEFORE, BY_MENU, BY_NAME, BY_SET
from isthmus.declare.reference.example import program, row, rows
from isthmus.declare.reference.site import pages
from isthmus.declare.reference.table import LEGEND, notes, properties, versions
from isthmus.declare.reference.values import described, sample
from isthmus.declare.registry import kinds as objects
from isthmus.declare.registry import paths
from isthmus.engine import checks, kinds
from isthmus.engine.kinds import Kind
from isthmus.engine.menu import Menu, Word
from isthmus.keys import Certificate
from isthmus.linux import WireGuard
from isthmus.linux.links import values as links

ROOT = Path(__file__).parents[3]
ALL = resources()
TYPED = [entry for entry in ALL if entry.typed]
SETS = [entry for entry in ALL if entry.objects]
KINDS = [
    (Kind(), "text"),
    (kinds.YesNo(), "`True` or `False`"),
    (kinds.Flag(), "`True`"),
    (kinds.Number(1, 64), "whole number 1 to 64"),
    (kinds.Number(0, 64, ("auto",)), "whole number 0 to 64 or auto"),
    (kinds.Choice(("a", "b"), {"b": "7.18"}), "`a`, `b` (7.18 and later)"),
    (kinds.Choice(("a",), numbers=True), "`a`, a number"),
    (kinds.ListOf(kinds.Choice(("a", "b"))), "list of: `a`, `b`"),
    (kinds.ListOf(ordered=True), "list in order of: text"),
    (kinds.Negatable(kinds.Prefix(4)), "IPv4 prefix such as 192.0.2.0/24; `!` in front negates"),
    (kinds.Prefix(6), "IPv6 prefix such as 2001:db8::/64"),
    (kinds.Address(6), "IP address such as 192.0.2.1"),
    (kinds.Duration(), "length of time such as 30s, 5m or 1d12h"),
    (kinds.Mac(), "MAC address such as 00:00:5E:00:53:01"),
    (kinds.Span(0, 7), "number or a range such as 1000-2000 within 0 to 7"),
    (links.LinkName(), "name that the kernel takes for a link"),
    (links.VlanIds(), "list of: VLAN number or range within 1 to 4094"),
    (links.Endpoint(), "address and port such as 192.0.2.1:51820 or [2001:db8::1]:51820"),
]


def menu(**words: Word) -> Menu:
    return Menu("/test", words, key=("name",))


def named(name: str, **facts: object) -> Word:
    return Word(name=name, attribute=name.replace("-", "_"), kind=Kind(), doc="What it is.", **facts)  # type: ignore[arg-type]


def test_every_declared_menu_and_kind_has_a_page() -> None:
    assert sorted({entry.cls.menu().path for entry in TYPED}) == sorted([*paths(), *objects()])


def test_every_kind_of_object_that_a_set_takes_is_linked_from_its_page() -> None:
    written = pages()
    taken = {one.name for entry in SETS for one in entry.members(ALL)}
    assert {"linux.Address", "linux.Route", "linux.Rule", "linux.Gre", "linux.WireGuard"} <= taken
    for entry in SETS:
        assert [one.name for one in entry.members(ALL) if f"[{one.name}]" not in written[entry.page]] == []


def test_every_page_is_reached_from_the_index() -> None:
    written = pages()
    assert set(re.findall(r"\]\((\S+?\.md)\)", written["index.md"])) - {
        "../guide/devices.md",
        "../guide/linux.md",
        "../guide/versions.md",
    } == {page for page in written if page != "index.md"}


def test_examples_are_chosen_for_menus_and_resources_that_are_there() -> None:
    assert BY_MENU.keys() | BEFORE.keys() <= {*paths(), *objects()}
    assert BY_SET.keys() == {entry.objects for entry in SETS}
    assert BY_NAME.keys() <= {entry.name for entry in ALL}


def test_links_between_pages_lead_somewhere() -> None:
    written = pages()
    for page, text in written.items():
        for link in re.findall(r"\]\(([^)#]+)[)#]", text):
            target = os.path.normpath(PurePosixPath(page).parent / link)
            assert target in written or target.startswith("../guide/"), f"{page}: {link}"


def test_pages_do_not_depend_on_the_run(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "isthmus.declare.reference", str(tmp_path)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "1"})
    assert {
        path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*.md")
    } == pages()


def test_a_page_of_a_resource_that_is_no_more_goes(tmp_path: Path) -> None:
    (tmp_path / "ip").mkdir()
    (tmp_path / "ip/Gone.md").write_text("# Gone")
    write(tmp_path)
    assert not (tmp_path / "ip/Gone.md").exists()
    assert (tmp_path / "index.md").exists()


def test_every_example_passes_the_type_checker(tmp_path: Path) -> None:
    examples = [f"def example_{number}() -> None:\n{_indented(program(entry))}" for number, entry in enumerate(ALL)]
    source = tmp_path / "examples.py"
    source.write_text("\n\n".join(examples))
    found, errors, status = mypy.run(["--config-file", str(ROOT / "pyproject.toml"), str(source)])
    assert status == 0, found + errors


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())


class Mocks(pulumi.runtime.Mocks):
    """Takes every resource, and keeps the names."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[Any, Any]]:
        self.names.append(args.name)
        return "id", args.inputs

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], None]:
        raise NotImplementedError(args.token)


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.name)
def test_every_example_makes_its_resource(entry: Entry) -> None:
    mocks = Mocks()
    pulumi.runtime.set_mocks(mocks, project="reference", stack="test")
    code = compile(program(entry), entry.name, "exec")
    pulumi.runtime.test(lambda: exec(code, {}))()  # type: ignore[no-untyped-call]  # noqa: S102 - what the page shows
    assert mocks.names[-1] == "example"


@pytest.mark.parametrize("entry", TYPED, ids=lambda entry: entry.name)
def test_every_example_is_taken_by_the_checks(entry: Entry) -> None:
    taken(entry.cls.menu(), row(entry.cls.menu()))


@pytest.mark.parametrize("entry", SETS, ids=lambda entry: entry.name)
def test_every_object_of_an_example_is_taken_by_the_checks(entry: Entry) -> None:
    menus = {one.cls.menu().path: one.cls.menu() for one in entry.members(ALL)}
    for words in rows(entry):
        kind = f"{entry.objects}/{words['kind']}" if "kind" in words else entry.objects
        taken(menus[kind], {name: value for name, value in words.items() if name != "kind"})


def taken(declared: Menu, words: Mapping[str, Any]) -> None:
    """Fail unless the checks of a preview find nothing wrong; what the program computes is unknown to them."""
    known = {name: value for name, value in words.items() if "Source(" not in repr(value)}
    spelled, problems = checks.canonical(declared, known)
    assert problems == []
    assert checks.missing(declared, words) == []
    assert known.keys() < words.keys() or checks.together(declared, spelled) == []


@pytest.mark.parametrize(("kind", "text"), KINDS, ids=lambda value: value if isinstance(value, str) else "")
def test_values_are_described_as_their_errors_name_them(kind: Kind, text: str) -> None:
    assert described(kind) == text


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_a_sample_is_a_value_of_its_kind(kind: Kind) -> None:
    kind.canonical(sample(kind, "example"))


def test_a_pipe_in_a_value_does_not_end_a_cell() -> None:
    word = Word(name="form", attribute="form", kind=kinds.Form("a", "x|y"), doc="A form.")
    assert "x\\|y" in properties(menu(form=word))[-1]


def test_a_default_on_a_linux_host_is_written_as_a_program_would() -> None:
    kind = Menu("link/test", {"up": Word("up", "up", kinds.YesNo(), "Whether it is up.", default="yes")}, key=("up",))
    assert properties(kind)[-1] == "| `up` | `True` or `False` | `True` | Whether it is up. |  |"


def test_outputs_tell_what_stands_below_them_in_every_base_class() -> None:
    said = dict(outputs(Certificate))
    assert said["expires"] == "Until when it holds, ISO 8601."


def test_keys_of_a_dictionary_are_told_without_what_is_around_their_types() -> None:
    (peer,) = nested(WireGuard)
    assert dict(keys(peer)) | {"public_key": "str", "allowed_ips": "Sequence[str]"} == dict(keys(peer))


def test_a_row_tells_all_that_is_declared_of_a_word() -> None:
    word = named("dpd-interval", since="6.44", until="8", default={"6": "2m", "7.18": "8s"}, required=True)
    assert properties(menu(dpd_interval=word))[-1] == (
        "| `dpd_interval`<br>`dpd-interval`<br>required | text | `2m` (6 and later)<br>`8s` (7.18 and later) "
        "| 6.44 and later, before 8 | What it is. |  |"
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"default": "a"}, []),
        ({"secret": True, "default": ""}, ["secret"]),
        ({"replaces": True, "required": True}, ["replaces"]),
        ({"unset": True}, ["removal unsets"]),
        ({"unset": "7.16", "default": "a"}, ["removal unsets (7.16 and later)"]),
        ({"unset": "7.16"}, ["removal unsets (7.16 and later)", "removal replaces (before 7.16)"]),
        ({}, ["removal replaces"]),
        ({"refers": True, "default": "a"}, ["refers"]),
        ({"cuts": True, "default": "a"}, ["cuts"]),
        ({"drifts": False}, ["free"]),
        ({"evidence": "manual", "default": "a"}, ["unverified (manual)"]),
        ({"evidence": "inferred", "default": "a"}, ["unverified (inferred)"]),
    ],
)
def test_notes_tell_what_else_is_to_be_known(facts: dict[str, object], expected: list[str]) -> None:
    word = named("port", **facts)
    assert notes(menu(port=word), word) == expected
    assert {note.partition(" (")[0] for note in expected} <= LEGEND.keys()


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [("", "", "all"), ("7", "", "7 and later"), ("", "7", "before 7"), ("6.44", "7.10", "6.44 and later, before 7.10")],
)
def test_versions_are_told_as_spans(since: str, until: str, text: str) -> None:
    assert versions(since, until) == text


def test_all_schemas_are_printed_as_one_document() -> None:
    command = [sys.executable, "-m", "isthmus.declare.reference", "--schema"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == {entry.name: schema(entry, ALL) for entry in [*TYPED, *SETS]}


@pytest.mark.parametrize("entry", SETS, ids=lambda entry: entry.name)
def test_a_schema_of_a_set_says_of_each_kind_what_is_allowed(entry: Entry) -> None:
    allowed = schema(entry, ALL)["properties"][entry.listed]["items"]["anyOf"]
    for one, found in zip(entry.members(ALL), allowed, strict=True):
        words = one.cls.menu().words
        assert found["properties"].keys() - {"kind"} == words.keys()
        kind = found["properties"].get("kind", {}).get("const", "")
        assert one.cls.menu().path == (f"{entry.objects}/{kind}" if kind else entry.objects)


@pytest.mark.parametrize("entry", TYPED, ids=lambda entry: entry.name)
def test_a_schema_allows_the_declared_words_and_no_others(entry: Entry) -> None:
    found = schema(entry)
    declared = entry.cls.menu()
    described = found["properties"][entry.listed]["items"] if entry.listed else found
    words = {name for name, word in declared.words.items() if not (entry.listed and word.name == declared.group)}
    assert set(described["properties"]) - {"device"} == words
    assert not described["additionalProperties"]
    assert set(described["required"]) - {"device"} == {name for name in words if declared.words[name].required}


@pytest.mark.parametrize("entry", [entry for entry in TYPED if entry.listed], ids=lambda entry: entry.name)
def test_no_two_rows_of_an_example_have_one_key(entry: Entry) -> None:
    menu = entry.cls.menu()
    names = [menu.by_name[name].attribute for name in menu.key if name != menu.group]
    first, second = ([words.get(name) for name in names] for words in rows(entry))
    assert not names or first != second
