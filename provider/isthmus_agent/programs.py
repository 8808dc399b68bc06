"""Programs of the host: found, run without a shell, and named with the package that brings them."""

from __future__ import annotations

import shutil
import subprocess

from isthmus_agent.errors import Refused

PACKAGES = {
    "nft": "nftables",
    "ip": "iproute2",
    "openvpn": "openvpn",
    "modprobe": "kmod",
    "sysctl": "procps",
    "systemctl": "systemd",
    "systemd-run": "systemd",
    "dpkg-query": "dpkg",
    "apt-get": "apt",
}
"""Debian's packages by program: of those that every host may need."""
_OF_MANAGERS = {
    "nmcli": "network-manager",
    "ifup": "ifupdown",
    "networkctl": "systemd",
    "resolvectl": "systemd",
    "journalctl": "systemd",
    "apt-mark": "apt",
}
"""Likewise of those that are asked only where they are at work."""
SECONDS = 60
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def path_of(program: str) -> str:
    """Return where a program is; Refused names the package that brings it."""
    found = present(program)
    if found is None:
        package = {**PACKAGES, **_OF_MANAGERS}.get(program, program)
        raise Refused(f"the program {program} is missing on this host: install the package {package}")
    return found


def present(program: str) -> str | None:
    """Return where a program is, None if it is missing."""
    return shutil.which(program, path=_PATH)


def run(program: str, *arguments: str, text: str = "", seconds: float = SECONDS) -> str:
    """Run a program with `text` as its input and return what it prints; Refused with what it says if it fails."""
    done = attempt(program, *arguments, text=text, seconds=seconds)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Refused(f"{program}: {said[-1] if said else f'ended with status {done.returncode}'}")
    return done.stdout


def attempt(
    program: str, *arguments: str, text: str = "", seconds: float = SECONDS
) -> subprocess.CompletedProcess[str]:
    """Run a program and return how it ended."""
    command = [path_of(program), *arguments]
    environment = {"PATH": _PATH, "LC_ALL": "C.UTF-8", "HOME": "/root"}
    try:
        return subprocess.run(
            command, input=text, capture_output=True, text=True, timeout=seconds, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        raise Refused(f"{program}: did not end within {seconds:g} s") from None
