"""Programs that leave nothing running: each has a session of its own, and ends with all that it started."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tools.demo.stopping import STOP

PATIENCE_SECONDS = 15
"""How long a program may take to end by itself, once asked."""


@contextmanager
def running(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str], output: IO[bytes] | int
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs as long as the body, or less; a Ctrl-C in the terminal reaches it only through `end`."""
    process = None
    try:
        with STOP.held():
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        yield process
    finally:
        if process:
            with STOP.held():
                end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Asks a program to end, as Ctrl-C would, and kills what is left of its session after that."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_SECONDS)
    for pid in members(process.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def members(session: int) -> list[int]:
    """The processes of a session, where the system lists processes in /proc."""
    return [pid for entry in Path("/proc").glob("[0-9]*") if _session_of(pid := int(entry.name)) == session]


def _session_of(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None
