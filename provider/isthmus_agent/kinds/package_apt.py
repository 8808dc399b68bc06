"""Debian's packages: what is installed, and how apt installs and removes (apt-get(8), dpkg-query(1))."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.programs import attempt, present

SECONDS = 1800
"""How long an installation may take."""
LOCK_SECONDS = 120
"""How long another installation is waited for."""
POLICY = Path("/usr/sbin/policy-rc.d")
_POLICY = """\
#!/bin/sh
# Made by Isthmus while it installs packages, and removed after: no daemon starts that nobody asked for.
for word; do [ "$word" = start ] && exit 101; done
exit 0
"""
_OPTIONS = (
    "--yes",
    "--quiet",
    "--no-install-recommends",
    f"--option=DPkg::Lock::Timeout={LOCK_SECONDS}",
    "--option=Dpkg::Use-Pty=0",
    "--option=Dpkg::Options::=--force-confdef",
    "--option=Dpkg::Options::=--force-confold",
)
_ENVIRONMENT = ("DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_MODE=l", "UCF_FORCE_CONFFOLD=1")
_UNKNOWN = re.compile(r"E: (?:Unable to locate package (\S+)|Package '(\S+)' has no installation candidate)")
_REMOVED = re.compile(r"^(?:Remv|Purg) (\S+)", re.MULTILINE)


def check() -> None:
    """Refuse where there is no apt: other package managers are not supported."""
    if present("apt-get") is None or present("dpkg-query") is None:
        other = next((name for name in ("dnf", "yum", "zypper", "apk", "pacman") if present(name)), "")
        found = f"it has {other}" if other else "no package manager is known here"
        raise Refused(f"this host has no apt-get ({found}): install the packages there and leave linux.Packages out")


def installed() -> set[str]:
    """Return the names of all packages that are installed, without their architecture."""
    check()
    done = attempt("dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\n")
    pairs = [line.split(" ", 1) for line in done.stdout.splitlines()]
    return {pair[1] for pair in pairs if pair[0] == "installed"}


def manual() -> set[str]:
    """Return the names of the packages that somebody asked for, unlike those that came along."""
    return set(attempt("apt-mark", "showmanual").stdout.split())


def install(names: Collection[str]) -> None:
    """Install packages without what they merely recommend; the index is read anew only if one is unknown."""
    unknown = _unknown(names)
    if unknown:
        _apt("update")
        unknown = _unknown(names)
    if unknown:
        raise Refused(f"no repository of this host has the package {unknown}: correct its name, or add one", "names")
    with _quiet():
        _finish()
        _apt("install", *sorted(names))


def remove(names: Collection[str]) -> None:
    """Remove packages; their configuration and data stay."""
    if names:
        _apt("remove", *sorted(names))


def taken_along(names: Collection[str]) -> set[str]:
    """Return all packages that would go with some of them."""
    return set(_REMOVED.findall(_attempt("--simulate", "remove", *sorted(names))[1])) if names else set()


def needless() -> set[str]:
    """Return the packages that came along with others and that nothing needs any more."""
    return set(_REMOVED.findall(_attempt("--simulate", "autoremove")[1]))


def _finish() -> None:
    """Complete what a killed installation left half done; apt refuses to work until that is done."""
    if attempt("dpkg", "--audit").stdout.strip():
        attempt("dpkg", "--force-confold", "--configure", "--pending", seconds=SECONDS)


def _unknown(names: Collection[str]) -> str:
    found = _UNKNOWN.search(_attempt("--simulate", "install", *sorted(names))[1])
    return found[1] or found[2] if found else ""


def _apt(*words: str) -> None:
    status, said = _attempt(*words)
    if status:
        errors = [line for line in said.splitlines() if line.startswith(("E: ", "dpkg: error"))]
        raise Refused(f"apt-get {words[0]}: {(errors or said.strip().splitlines() or ['it fails'])[0]}")


def _attempt(*words: str) -> tuple[int, str]:
    done = attempt("env", *_ENVIRONMENT, "apt-get", *_OPTIONS, *words, seconds=SECONDS)
    return done.returncode, f"{done.stderr}\n{done.stdout}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep packages from starting their daemons, unless the host has a policy of its own; a killed run's is taken."""
    ours = not POLICY.exists() or POLICY.read_text() == _POLICY
    if ours:
        POLICY.write_text(_POLICY)
        POLICY.chmod(0o755)
    try:
        yield
    finally:
        if ours:
            with suppress(FileNotFoundError):
                POLICY.unlink()
