"""How far the host has come with its boot, and which services run."""

from __future__ import annotations

from pathlib import Path

from isthmus_agent.programs import attempt, present


def starting() -> bool:
    """Tell whether systemd has yet to start the network and the services."""
    if not Path("/run/systemd/system").exists():
        return False
    return attempt("systemctl", "is-system-running").stdout.strip() == "initializing"


def active(unit: str) -> bool:
    """Tell whether a unit of systemd runs."""
    if not Path("/run/systemd/system").exists() or present("systemctl") is None:
        return False
    return attempt("systemctl", "is-active", unit).stdout.strip() in ("active", "reloading", "activating")
