"""The undo that is armed before a risky change: unless the change is confirmed in time, the host takes it back.

What was there before is written down first, then a timer is started that no longer needs us: a transient systemd
timer where systemd runs, else a process of our own that has left the session. Confirming removes the note; a timer
that finds no note does nothing. A reboot undoes what was not confirmed.
"""

from __future__ import annotations

import json
import os
import pkgutil
import secrets
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from isthmus_agent.before import Before, undo
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.installed import install
from isthmus_agent.programs import present
from isthmus_agent.record import Record, write_lasting


class Guard:
    """An undo of this change, armed once what was there before is known."""

    def __init__(self, host: Host, seconds: float) -> None:
        self.name = secrets.token_hex(4)
        self._host = host
        self._seconds = seconds
        self.armed = False

    def arm(self, before: Sequence[Before]) -> None:
        """Write down what was there, and start the timer."""
        install(self._host)
        note = json.dumps([asdict(each) for each in before], separators=(",", ":"))
        try:
            write_lasting(_note(self._host, self.name), note)
        except OSError as error:
            raise Refused(f"the undo cannot be written down: {error.strerror}; nothing was changed") from None
        start = _by_systemd if Path("/run/systemd/system").exists() and present("systemd-run") else _by_process
        start(self._host, self.name, self._seconds)
        self.armed = True


def confirm(host: Host, name: str) -> bool:
    """Let a change stand; False if it was taken back already."""
    try:
        _note(host, name).unlink()
    except FileNotFoundError:
        return False
    return True


def pending(host: Host) -> list[str]:
    """Return the changes that nobody has confirmed, latest first."""
    notes = sorted((host.home / "undo").glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [note.stem for note in notes]


def take_back(host: Host, record: Record, name: str) -> bool:
    """Undo a change that was not confirmed; False if it was."""
    note = _note(host, name)
    try:
        before = [Before.read(each) for each in json.loads(note.read_text())]
    except FileNotFoundError:
        return False
    undo(host, record, before)
    note.unlink()
    return True


def _note(host: Host, name: str) -> Path:
    return host.home / "undo" / f"{name}.json"


def _by_systemd(host: Host, name: str, seconds: float) -> None:
    timer = [f"--on-active={seconds:g}", "--timer-property=AccuracySec=100ms", "--collect", "--quiet"]
    done = subprocess.run(
        ["systemd-run", f"--unit=isthmus-undo-{name}", *timer, *_environment(), *_command(host, "undo", name)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        _by_process(host, name, seconds)


def _environment() -> list[str]:
    home = os.environ.get("ISTHMUS_AGENT_HOME")
    return [f"--setenv=ISTHMUS_AGENT_HOME={home}"] if home else []


def _by_process(host: Host, name: str, seconds: float) -> None:
    watchdog = (pkgutil.get_data("isthmus_agent", "watchdog.py") or b"").decode()
    arguments = [str(_note(host, name)), f"{seconds:g}", *_command(host, "undo", name)]
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", watchdog, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        check=False,
    )


def _command(host: Host, verb: str, *arguments: str) -> list[str]:
    netns = ["--netns", host.netns] if host.netns else []
    return [sys.executable, "-I", str(host.base / "agent.pyz"), verb, *netns, *arguments]
