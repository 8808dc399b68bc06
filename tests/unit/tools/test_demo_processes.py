"""A program of the demo ends with all that it started, and never half started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.waiting import wait_until
from tools.demo import processes
from tools.demo.processes import members, running
from tools.demo.stopping import Stop

STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"], process_group=0)
time.sleep(600)
"""


def test_a_program_that_does_not_heed_is_killed_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "PATIENCE_SECONDS", 0.05)
    command = [sys.executable, "-c", STUBBORN]
    with running(command, cwd=tmp_path, env=os.environ, output=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        assert len(members(process.pid)) == 2
    wait_until(lambda: members(process.pid) == [])


def test_a_program_that_ended_is_left_alone(tmp_path: Path) -> None:
    with running(["true"], cwd=tmp_path, env=os.environ, output=subprocess.DEVNULL) as process:
        assert process.wait() == 0
    assert process.returncode == 0


def test_a_program_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError),
        running(["/no/such/program"], cwd=tmp_path, env={}, output=subprocess.DEVNULL),
    ):
        pass


def test_a_stop_interrupts_once() -> None:
    stop = Stop()
    with pytest.raises(KeyboardInterrupt):
        stop.ask()
    stop.ask()


def test_a_stop_waits_for_what_must_not_be_interrupted() -> None:
    stop, done = Stop(), []

    def twice_held() -> None:
        with stop.held():
            with stop.held():
                stop.ask()
                done.append("inner")
            done.append("outer")

    with pytest.raises(KeyboardInterrupt):
        twice_held()
    assert done == ["inner", "outer"]


def test_what_cleans_up_after_a_stop_is_not_interrupted() -> None:
    stop = Stop()
    with pytest.raises(KeyboardInterrupt):
        stop.ask()
    with stop.held():
        stop.ask()
