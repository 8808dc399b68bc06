"""The guide's programs, files and commands are ones that work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml
from mypy import api as mypy

from isthmus import cli as isthmus
from isthmus.devices import load_devices
from isthmus_lab import cli as lab
from isthmus_lab.topology import parse
from tests.support.documents import ROOT, blocks

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/guide").glob("*.md"))]
COMMANDS = {"isthmus": isthmus._parser, "isthmus-lab": lab._parser}


def every(language: str) -> list[Any]:
    """Return each block of a language with its page and number as the test's name."""
    return [
        pytest.param(text, id=f"{page.stem}-{number}")
        for page in PAGES
        for number, text in enumerate(blocks(page, language), 1)
    ]


MADE = dict.fromkeys(("value", "key", "certificate", "private_key", "public_key", "fingerprint"), "secret")
"""What keys, certificates and secrets tell of themselves."""


class Mocks(pulumi.runtime.Mocks):
    """Takes every resource as it is."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[Any, Any]]:
        return "id", {**MADE, **args.inputs}

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], None]:
        raise NotImplementedError(args.token)


def is_deployment(program: str) -> bool:
    """The lab's programs start routers instead."""
    return "isthmus_lab" not in program


@pytest.mark.parametrize("program", every("python"))
def test_a_program_runs(program: str) -> None:
    code = compile(program, "guide", "exec")
    if is_deployment(program):
        pulumi.runtime.set_mocks(Mocks(), project="offices", stack="dev")
        pulumi.runtime.test(lambda: exec(code, {}))()  # type: ignore[no-untyped-call]  # noqa: S102 - what the page shows


def test_every_program_passes_the_type_checker(tmp_path: Path) -> None:
    programs = [text for page in PAGES for text in blocks(page, "python")]
    files = [tmp_path / f"program_{number}.py" for number in range(len(programs))]
    for file, text in zip(files, programs, strict=True):
        file.write_text(text)
    found, errors, status = mypy.run(["--config-file", str(ROOT / "pyproject.toml"), *map(str, files)])
    assert status == 0, found + errors


@pytest.mark.parametrize(
    "text",
    [entry for entry in every("yaml") if "kind: routeros" in entry.values[0] and "nodes:" not in entry.values[0]],
)
def test_a_devices_file_is_read(text: str, tmp_path: Path) -> None:
    (tmp_path / "devices.yaml").write_text(text)
    assert list(load_devices(tmp_path / "devices.yaml")) == list(yaml.safe_load(text))


@pytest.mark.parametrize("text", [entry for entry in every("yaml") if "nodes:" in entry.values[0]])
def test_a_topology_is_read(text: str) -> None:
    assert parse(text).nodes


def typed(block: str) -> list[list[str]]:
    """Return our own commands that a console block types, without what the shell does around them."""
    lines = [line.removeprefix("$ ").removesuffix(" &") for line in block.splitlines() if line.startswith("$ ")]
    return [shlex.split(line) for line in lines if line.split()[0] in COMMANDS]


@pytest.mark.parametrize(
    "command",
    [command for page in PAGES for block in blocks(page, "console") for command in typed(block)],
    ids=" ".join,
)
def test_a_command_is_understood(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", "only-in-the-lab")
    COMMANDS[command[0]]().parse_args(command[1:])


def test_errors_are_named_as_isthmus_its_agent_or_a_router_says_them() -> None:
    sources = [ROOT / "provider", ROOT / "lab/isthmus_lab/routeros"]
    code = " ".join(path.read_text("utf-8") for source in sources for path in source.rglob("*.py"))
    table = (ROOT / "docs/guide/errors.md").read_text("utf-8").split("## The router itself")[0]
    said = [cell for row in table.splitlines() for cell in re.findall(r"`([^`]+)`", row.split(" | ")[0])]
    assert len(said) > 20
    assert [part for phrase in said for part in phrase.split("...") if part.strip() not in code] == []
