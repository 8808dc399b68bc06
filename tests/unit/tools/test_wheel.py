"""`pip install` of the project brings its packages with their data, and its two programs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PACKAGES = {
    "isthmus": Path("provider/isthmus"),
    "isthmus_agent": Path("provider/isthmus_agent"),
    "isthmus_components": Path("components/isthmus_components"),
    "isthmus_lab": Path("lab/isthmus_lab"),
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


@pytest.mark.parametrize("name", PACKAGES)
def test_the_wheel_has_every_module_and_every_table_of(name: str, wheel: zipfile.ZipFile) -> None:
    source = PACKAGES[name]
    files = [path.relative_to(source) for path in source.rglob("*") if path.is_file()]
    kept = {f"{name}/{path}" for path in files if not any(part.startswith((".", "__pycache__")) for part in path.parts)}
    assert kept
    assert kept - set(wheel.namelist()) == set()


@pytest.mark.parametrize("name", PACKAGES)
def test_type_checkers_trust_the_types_of(name: str, wheel: zipfile.ZipFile) -> None:
    assert f"{name}/py.typed" in wheel.namelist()


def test_nothing_else_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_wheel_brings_both_programs_and_the_licence(wheel: zipfile.ZipFile) -> None:
    (programs,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    text = wheel.read(programs).decode()
    assert "isthmus = isthmus.cli:main" in text
    assert "isthmus-lab = isthmus_lab.cli:main" in text
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())
