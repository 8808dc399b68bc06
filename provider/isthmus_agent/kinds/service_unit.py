"""systemd's units: how they are looked at and told what to do (systemctl(1))."""

from __future__ import annotations

import re
import time
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.programs import attempt

SECONDS = 300
"""How long a unit may take to start or stop; its own timeout is usually shorter."""
SETTLING = 1.0
"""Seconds for which a unit must run before it counts as started: many daemons read their files after that."""
LINES = 5
"""Lines of the journal that an error quotes."""
_WORDS = ("LoadState", "ActiveState", "SubState", "UnitFileState", "Type", "NeedDaemonReload", "CanReload", "Result")
_SECRETS = (
    re.compile(r"(?i)((?:password|passphrase|passwd|secret|psk|token|key)\w*\s*[=:]\s*)(\"[^\"]*\"|\S+)"),
    re.compile(r"()(?<![\w/.-])[A-Za-z0-9+/]{32,}={0,2}(?![\w/.-])"),
)
"""What a daemon might tell of its configuration: a value that is called a secret, and what looks like a key."""


def show(name: str) -> dict[str, str]:
    """Return what systemd knows of a unit; Refused where it does not run."""
    if not Path("/run/systemd/system").exists():
        raise Refused("systemd does not run on this host: services are only managed where it does")
    done = attempt("systemctl", "show", name, *(f"--property={word}" for word in _WORDS))
    if done.returncode:
        raise Refused(f"systemctl: {(done.stderr or done.stdout).strip()}")
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def tell(verb: str, name: str, word: str) -> None:
    """Let systemd do something with a unit; Refused tells what it says, and what the unit said last."""
    done = attempt("systemctl", verb, name, seconds=SECONDS)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        journal = verb in {"start", "restart", "reload", "stop"}
        raise Refused(f"systemctl {verb}: {_failed(name) if journal else said[-1] if said else 'it fails'}", word)


def settled(name: str, word: str) -> None:
    """Wait until a unit that was started surely runs; Refused if it has ended by then."""
    deadline = time.monotonic() + SETTLING
    while time.monotonic() < deadline:
        unit = show(name)
        if unit["ActiveState"] not in {"active", "reloading"}:
            if unit.get("Type") == "oneshot" and unit.get("Result") == "success":
                raise Refused("it does its work and ends (Type=oneshot): leave running out", word)
            raise Refused(f"it ended right after its start: {_failed(name)}", word)
        time.sleep(0.1)


def reload_units() -> None:
    """Let systemd read its unit files anew."""
    attempt("systemctl", "daemon-reload")


def _failed(name: str) -> str:
    result = show(name).get("Result", "")
    done = attempt("journalctl", "--unit", name, "--lines", str(LINES), "--output", "cat", "--no-pager", "--quiet")
    lines = [discreet(line.strip()) for line in done.stdout.splitlines() if line.strip()]
    return f"{name} failed ({result}): {' | '.join(lines) or 'its journal is empty'}"


def discreet(line: str) -> str:
    """Return a line of a journal without what may be a secret."""
    for pattern in _SECRETS:
        line = pattern.sub(r"\1…", line)
    return line
