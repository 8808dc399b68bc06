"""The step of the setup: installs the missing packages where it may, and says in one line what to type where not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian

ROOT = Path(__file__).resolve().parent.parent.parent


def ensure() -> None:
    """Quick when all are there. Never fails: whoever needs a package that is missing says so."""
    if os.environ.get("PACKETS", "1") == "0":
        return
    if names := debian.missing():
        _install(names)


def _install(names: list[str]) -> None:
    as_root = _as_root()
    if as_root is not None:
        subprocess.run([*as_root, sys.executable, "-m", "tools.debian.install", *names], check=False, cwd=ROOT)
        names = debian.missing()
    if names:
        print(_what_to_do(names), file=sys.stderr)


def _as_root() -> list[str] | None:
    """What goes before a command that root is to run; none where this user may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    allowed = shutil.which("sudo") and subprocess.run([*sudo, "true"], check=False, capture_output=True).returncode == 0
    return sudo if allowed else None


def _what_to_do(names: list[str]) -> str:
    if shutil.which("apt-get") is None:
        return f"tests with real packets will be skipped: this is no Debian, and they need {' '.join(names)}"
    return f"tests with real packets will be skipped until root runs: {debian.command(names)}"
