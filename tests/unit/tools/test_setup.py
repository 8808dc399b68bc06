"""The setup is quick when all is there, and goes again when anything that it depends on changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup
from tools.pulumi_cli import PROGRAMS
from tools.steps import StepError


@pytest.fixture
def clone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A clone whose setup was finished."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", *PROGRAMS):
        (programs / name).symlink_to("/bin/true")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "setup.py").touch()
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "STAMP", tmp_path / ".venv" / "setup.digest")
    setup.STAMP.write_text(setup.digest())
    return tmp_path


def test_a_finished_setup_is_ready(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert clone
    assert setup.main() == 0
    assert capsys.readouterr().err == ""


def test_a_changed_pin_asks_for_a_setup(clone: Path) -> None:
    (clone / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    assert not setup.is_ready()


def test_a_setup_that_was_killed_is_not_ready(clone: Path) -> None:
    assert clone
    setup.STAMP.unlink()
    assert not setup.is_ready()


def test_a_cli_that_is_gone_from_the_cache_asks_for_a_setup(clone: Path) -> None:
    link = clone / ".venv" / "bin" / "pulumi"
    link.unlink()
    link.symlink_to(clone / "gone")
    assert not setup.is_ready()


def test_a_python_without_ensurepip_is_named(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert clone
    setup.STAMP.unlink()
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert setup.main() == 1
    assert "ensurepip is missing; on Debian, `apt install python3-venv`" in capsys.readouterr().err


def test_packages_that_cannot_be_had_end_the_setup_in_one_line(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert clone

    def no_index() -> None:
        raise StepError("installing the Python packages: no matching distribution")

    setup.STAMP.unlink()
    monkeypatch.setattr(setup, "make_venv", lambda: None)
    monkeypatch.setattr(setup, "install_packages", no_index)
    assert setup.main() == 1
    assert capsys.readouterr().err == "setup failed: installing the Python packages: no matching distribution\n"
    assert not setup.STAMP.exists()


def test_a_virtual_environment_that_was_moved_is_made_anew(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(setup, "run", lambda label, _command: made.append(label))
    pip = clone / ".venv" / "bin" / "pip"
    pip.write_text("#!/bin/sh\necho pip 26 from /elsewhere/.venv/lib/pip\n")
    pip.chmod(0o755)
    setup.make_venv()
    assert made == ["making .venv"]


def test_a_virtual_environment_that_runs_is_kept(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(setup, "run", lambda label, _command: made.append(label))
    pip = clone / ".venv" / "bin" / "pip"
    pip.write_text(f"#!/bin/sh\necho pip 26 from {clone}/.venv/lib/pip\n")
    pip.chmod(0o755)
    setup.make_venv()
    assert made == []


def test_the_makefile_lists_its_targets() -> None:
    shown = subprocess.run(["make"], check=True, capture_output=True, text=True).stdout
    targets = {line.split()[1] for line in shown.splitlines()}
    assert {"setup", "check", "test", "bench", "demo", "docs", "clean", "help"} <= targets


def fake_python(path: Path, version: str) -> None:
    path.write_text(f"""#!/bin/sh
exec {sys.executable} -c "import sys; sys.version_info = {version}; exec(sys.argv[1])" "$2"
""")
    path.chmod(0o755)


def test_a_python_that_is_too_old_is_refused_in_one_line(tmp_path: Path) -> None:
    fake_python(tmp_path / "python", "(3, 10, 9)")
    command = ["make", "setup", f"PYTHON={tmp_path / 'python'}"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == "Python 3.11 or newer is needed: name one by PYTHON=..."


def test_a_newer_python_is_found_beside_one_that_is_too_old(tmp_path: Path) -> None:
    fake_python(tmp_path / "python3", "(3, 9, 2)")
    fake_python(tmp_path / "python3.14", "(3, 14, 0)")
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = ["make", "--dry-run", "setup"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    assert done.stdout.splitlines()[-1] == "python3.14 -m tools.setup"
