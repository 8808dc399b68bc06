"""What CONTRIBUTING.md says of adding a kind of Linux object works as it stands there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.documents import ROOT, titled

NAME = "static_neighbour.py"
COPIED = ("provider", "tests/support", "tests/unit/agent/conftest.py", "pyproject.toml")
KNOWN = """
from isthmus_agent.kinds.static_neighbour import StaticNeighbour

KINDS.setdefault("static-neighbour", StaticNeighbour())
"""
EXPORTED = """
from isthmus.linux.static_neighbour import StaticNeighbour

__all__ += ["StaticNeighbour"]
"""
PAGE = """
from isthmus.declare.reference.site import pages
print(pages()["linux/StaticNeighbour.md"])
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what is needed, in which the text was followed."""
    clone = tmp_path_factory.mktemp("clone")
    for name in COPIED:
        place = clone / name
        place.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, place)
    for title, source in titled(ROOT / "CONTRIBUTING.md"):
        if title.name.endswith(NAME):
            (clone / title).write_text(source)
    for package, lines in (("provider/isthmus_agent/kinds", KNOWN), ("provider/isthmus/linux", EXPORTED)):
        with (clone / package / "__init__.py").open("a") as stream:
            stream.write(lines)
    return clone


def run(clone: Path, *command: str) -> str:
    path = os.pathsep.join([str(clone / "provider"), str(clone)])
    done = subprocess.run(
        [sys.executable, *command],
        cwd=clone,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="network namespaces are made as root")
def test_the_example_holds_its_own_tests(clone: Path) -> None:
    assert "2 passed" in run(clone, "-m", "pytest", "-q", f"tests/unit/agent/test_{NAME}")


def test_the_example_has_a_page_with_all_its_words(clone: Path) -> None:
    page = run(clone, "-c", PAGE)
    assert [word for word in ("address", "dev", "netns", "lladdr") if f"| `{word}`" not in page] == []


def test_the_example_passes_type_checker_and_linter(clone: Path) -> None:
    ours = [str(title) for title, _ in titled(ROOT / "CONTRIBUTING.md") if title.name.endswith(NAME)]
    assert len(ours) == 3
    run(clone, "-m", "ruff", "check", *ours)
    run(clone, "-m", "ruff", "format", "--check", *ours)
    run(clone, "-m", "mypy", "--cache-dir", str(ROOT / ".mypy_cache"), *ours[:2])
