"""What CONTRIBUTING.md says of adding a menu works as it stands there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.documents import ROOT, titled

MODULE = "isthmus.routeros.ip.arp"
LOADER = f"""
import importlib.util
import sys

if importlib.util.find_spec("{MODULE}"):
    module = importlib.import_module("{MODULE}")
else:
    spec = importlib.util.spec_from_file_location("{MODULE}", "arp.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
"""
"""The example at the place it is meant for, or what stands there since somebody followed the text."""
PAGE = """
import loader
from isthmus.declare.reference.catalogue import Entry
from isthmus.declare.reference.page import page
print(page(Entry("routeros.ip.Arp", loader.module.Arp), []))
"""
TRIED = """
import loader
from neighbours import SPECIMENS
[specimen] = SPECIMENS
words = loader.module.Arp.menu().words
print(*sorted(name for name in words if name in {**specimen.least, **specimen.more}))
for word, (given, changed) in {**specimen.least, **specimen.more}.items():
    assert words[word].kind.canonical(given) != words[word].kind.canonical(changed), word
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the files of the example into a folder, with what loads its module at the place it is meant for."""
    folder = tmp_path_factory.mktemp("example")
    for title, source in titled(ROOT / "CONTRIBUTING.md"):
        if title.name in {"arp.py", "test_arp.py", "neighbours.py"}:
            (folder / title.name).write_text(source)
    (folder / "loader.py").write_text(LOADER)
    return folder


def run(folder: Path, *command: str) -> str:
    path = os.pathsep.join([str(folder), str(ROOT)])
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "ISTHMUS_ROUTEROS_SCHEMAS": schemas()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def schemas() -> str:
    return os.environ.get("ISTHMUS_ROUTEROS_SCHEMAS", str(ROOT / "../shared/routeros-schemas"))


def test_the_example_holds_its_own_tests_and_the_recorded_schemas(folder: Path) -> None:
    contract = str(ROOT / "tests/contract/test_declarations.py")
    run(folder, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "loader", "test_arp.py", contract)


def test_the_example_has_a_page_with_all_its_words(folder: Path) -> None:
    page = run(folder, "-c", PAGE)
    assert [
        word for word in ("interface", "address", "mac_address", "published", "disabled") if f"| `{word}`" not in page
    ] == []


def test_the_examples_specimen_tries_every_word(folder: Path) -> None:
    tried = run(folder, "-c", TRIED).split()
    assert tried == ["address", "comment", "disabled", "interface", "mac_address", "published"]


def test_the_example_passes_type_checker_and_linter(folder: Path) -> None:
    config = str(ROOT / "pyproject.toml")
    run(folder, "-m", "mypy", "--config-file", config, "--cache-dir", str(ROOT / ".mypy_cache"), "arp.py")
    run(folder, "-m", "ruff", "check", "--config", config, "arp.py")
