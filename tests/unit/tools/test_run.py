"""`tools/run` runs a command with what the setup made, and keeps Pulumi's files inside the clone."""

import shutil
import subprocess
from pathlib import Path

import pytest

RUN = Path("tools/run")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    (tmp_path / "tools").mkdir()
    shutil.copy(RUN, tmp_path / "tools")
    return tmp_path


def test_the_virtual_environment_comes_first_and_pulumi_stays_in_the_clone(clone: Path) -> None:
    pulumi = clone / ".venv" / "bin" / "pulumi"
    pulumi.parent.mkdir(parents=True)
    pulumi.write_text('#!/bin/sh\necho "$@" "$PULUMI_HOME" "$PATH"\n')
    pulumi.chmod(0o755)
    command = [str(clone / "tools" / "run"), "pulumi", "preview"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd="/")
    assert done.stdout.startswith(f"preview {clone}/build/pulumi-home {clone}/.venv/bin:")


def test_without_a_setup_it_says_so(clone: Path) -> None:
    done = subprocess.run([clone / "tools" / "run", "true"], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "tools/run: run `make setup` first\n"
