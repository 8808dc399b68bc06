"""What CONTRIBUTING.md says of adding a menu works as it stands there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.documents import ROOT, blocks

MODULE = "isthmus.routeros.ip.arp"
LOADER = f"""
import importlib.util
import sys

spec = importlib.util.spec_from_file_location("{MODULE}", "arp.py")
module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
"""
PAGE = """
import loader
from isthmus.declare.reference.catalogue import Entry
from isthmus.declare.reference.page import page
print(page(Entry("routeros.ip.Arp", loader.module.Arp), []))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the files of the example into a folder, with what loads its module at the place it is meant for."""
    folder = tmp_path_factory.mktemp("example")
    for source in blocks(ROOT / "CONTRIBUTING.md", "python"):
        title = source.splitlines()[0].removeprefix("# ")
        (folder / Path(title).name).write_text(source)
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


def test_the_example_passes_type_checker_and_linter(folder: Path) -> None:
    config = str(ROOT / "pyproject.toml")
    run(folder, "-m", "mypy", "--config-file", config, "--cache-dir", str(ROOT / ".mypy_cache"), "arp.py")
    run(folder, "-m", "ruff", "check", "--config", config, "arp.py")
