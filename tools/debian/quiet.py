"""Installing packages without starting what they bring: neither now nor at the next boot."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.steps import answer, run

POLICY = Path("/usr/sbin/policy-rc.d")
"""What Debian's packages ask before they start a daemon; status 101 forbids it (Debian's invoke-rc.d(8))."""


@contextmanager
def nothing_starts(policy: Path = POLICY) -> Iterator[None]:
    """Forbids the start of daemons while the body runs, and puts back the machine's own policy after it.

    A process that is killed before it could do so leaves a policy that forbids nothing any more.
    """
    before = policy.with_name(f"{policy.name}.isthmus")
    if policy.exists() and not before.exists():
        policy.replace(before)
    policy.write_text(_policy(before))
    policy.chmod(stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)
    try:
        yield
    finally:
        if before.exists():
            before.replace(policy)
        else:
            policy.unlink()


def _policy(before: Path) -> str:
    return (
        f"#!/bin/sh\n# No daemon starts while `make setup` of Isthmus, process {os.getpid()}, installs packages.\n"
        f"kill -0 {os.getpid()} 2>/dev/null && exit 101\n"
        f'[ -x {before} ] && exec {before} "$@"\nexit 0\n'
    )


def disable(packages: list[str]) -> None:
    """Takes the units that packages brought out of the next boot of this machine."""
    units = sorted({Path(file).name for package in packages for file in _units(package)})
    if units:
        run("leaving their daemons switched off", ["systemctl", "--no-reload", "--quiet", "disable", *units])


def _units(package: str) -> list[str]:
    files = answer(["dpkg-query", "--listfiles", package]).splitlines()
    return [file for file in files if "/systemd/system/" in file and _is_installable(Path(file))]


def _is_installable(file: Path) -> bool:
    """Whether the unit says when it is to be started; only such a one is ever enabled."""
    suffixes = {".service", ".socket", ".timer", ".path"}
    return file.suffix in suffixes and not file.is_symlink() and "\n[Install]" in file.read_text(errors="replace")
