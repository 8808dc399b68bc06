"""A command of the CLI that runs beside the test, and may be killed with everything it started."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.support.deployment import Deployment, Outcome

if TYPE_CHECKING:
    from types import TracebackType


class Running:
    """One `pulumi up` of a stack under way, or another command that changes it."""

    def __init__(self, deployment: Deployment, stack: str = "dev", command: str = "up") -> None:
        self._process = subprocess.Popen(
            ["pulumi", command, "--yes", "--skip-preview", "--stack", stack, "--non-interactive", "--color", "never"],
            cwd=deployment.folder,
            env=deployment._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def ended(self) -> Outcome:
        """Wait for the command's end."""
        text, _ = self._process.communicate()
        return Outcome(self._process.returncode, text)

    def kill(self) -> None:
        """Kill the CLI and all that it started, at once and without a word."""
        if self._process.poll() is None:
            for process in [self._process.pid, *_descendants(self._process.pid)]:
                os.kill(process, signal.SIGKILL)
            self._process.communicate()


def _descendants(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task").glob("*/children")
    found = [int(child) for listed in children for child in listed.read_text().split()]
    return [*found, *[below for child in found for below in _descendants(child)]]
