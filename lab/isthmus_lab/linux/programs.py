"""Running other programs: as lists, with one line for what goes wrong."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING, Final

from isthmus_lab.errors import LabError

if TYPE_CHECKING:
    from collections.abc import Sequence

PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Where the lab and its hosts look for programs: the machine's, whatever the user's shell says."""

CLEAN: Final = {"PATH": PATH, "HOME": "/root", "LC_ALL": "C.UTF-8"}


def run(argv: Sequence[str], input: str = "", *, doing: str = "") -> str:
    """Run a program and return what it prints; raise :class:`LabError` with its last words where it fails."""
    try:
        done = subprocess.run(argv, input=input, capture_output=True, text=True, env=CLEAN, check=False)
    except OSError as error:
        raise LabError(f"{doing or argv[0]}: cannot run {argv[0]}: {error.strerror}") from error
    if done.returncode != 0:
        words = last_line(done.stderr) or last_line(done.stdout) or "it said nothing"
        raise LabError(f"{doing or shlex.join(argv)}: {words} (status {done.returncode})")
    return done.stdout


def last_line(text: str) -> str:
    """The last line that is not blank."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""


def environment() -> dict[str, str]:
    """What a command in a host gets to know of the caller's environment: its terminal, and nothing else."""
    return {**CLEAN, **{name: os.environ[name] for name in ("TERM", "COLORTERM") if name in os.environ}}
