"""Steps of the setup: each shows what it does and for how long, and fails in one line."""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

HEARTBEAT_SECONDS = 20

Command = Sequence[str | Path]
Environment = Mapping[str, str]


class StepError(Exception):
    """A step failed: one line that says which, why, and what helps."""


def run(label: str, command: Command, *, env: Environment | None = None, cwd: Path | None = None) -> None:
    """Runs a command under a label; its output is shown only by its last line, when it fails.

    Raises:
        StepError: the command cannot be started or ends with another status than 0.
    """
    with tempfile.TemporaryFile("w+", errors="replace") as output, showing(label):
        try:
            done = subprocess.run(
                command, check=False, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env, cwd=cwd
            )
        except OSError as error:
            raise StepError(f"{label}: {error}") from None
        if done.returncode != 0:
            output.seek(0)
            raise StepError(f"{label}: {last_line(output.read()) or f'ended with status {done.returncode}'}")


def answer(command: Command, *, env: Environment | None = None, cwd: Path | None = None, failing: bool = False) -> str:
    """What a quick command prints; the empty string where it cannot be started, or fails and `failing` is not set."""
    try:
        done = subprocess.run(command, check=not failing, capture_output=True, text=True, env=env, cwd=cwd)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def last_line(output: str) -> str:
    """The last line that says something: where pip and Go put their reason."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else ""


@contextmanager
def showing(label: str) -> Iterator[None]:
    """Shows the label and the seconds that have passed on standard error while the body runs."""
    ended = threading.Event()
    ticker = threading.Thread(target=_tick, args=(label, ended), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        ended.set()
        ticker.join()


def _tick(label: str, ended: threading.Event) -> None:
    """On a terminal one line that counts; elsewhere a line at the start, at times, and at the end."""
    terminal = sys.stderr.isatty()
    start = time.monotonic()
    _show(f"{label} ...", end="" if terminal else "\n")
    while not ended.wait(1 if terminal else HEARTBEAT_SECONDS):
        _show(f"{label} ... {_seconds_since(start)} s", end="" if terminal else "\n")
    _show(f"{label} ... {_seconds_since(start)} s", end="\n")


def _show(line: str, *, end: str) -> None:
    print(f"\r{line}" if sys.stderr.isatty() else line, end=end, file=sys.stderr, flush=True)


def _seconds_since(start: float) -> int:
    return round(time.monotonic() - start)
