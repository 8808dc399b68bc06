"""The command that starts the agent on a host, as root, and what its first words mean.

As root it runs the stored agent if its digest is right: one process, nothing sent. Else the host's Python runs
`boot.py`, which asks for the agent. What can be missing is found on the same way: rights, Python, its version.
"""

from __future__ import annotations

import base64
import shlex
from functools import cache
from pathlib import Path
from typing import Final

from isthmus.devices import LinuxDevice
from isthmus.errors import DeviceError, LoginRefused
from isthmus.transports.linux.zipapp import zipapp

MARK: Final = b"isthmus "
"""Begins every line of the start itself: a login shell may print lines of its own before."""
PROMPT: Final = "isthmus-asks-for-the-password:"

_AS_ROOT: Final = (
    'if [ "$(id -u)" = 0 ]; then exec /bin/sh -c "$@"; fi; '
    "command -v sudo >/dev/null || {{ echo isthmus sudo; exit 1; }}; "
    'exec env LC_ALL=C sudo {} -- /bin/sh -c "$@"'
)
_START: Final = (
    "d=$1; s=$2; p=$3; b=$4; shift 4; f=/run/isthmus/$d.pyz; "
    'command -v "$p" >/dev/null || { echo isthmus python; exit 1; }; '
    'if printf "%s  %s\\n" "$d" "$f" | sha256sum -c >/dev/null 2>&1; '
    'then touch -c "$f"; echo isthmus have; exec "$p" -I "$f" serve "$@"; fi; '
    'v=$("$p" -c "import sys; print(\\"%d.%d\\" % sys.version_info[:2], sys.version_info >= (3, 9))" 2>&1); '
    'case $v in *True*) ;; *) echo "isthmus python" $v; exit 1;; esac; '
    'exec "$p" -I -c "$b" "$d" "$s" "$@"'
)


def command(device: LinuxDevice) -> str:
    """Return the command line, for whatever shell the user has: no line ends, nothing that shells quote differently."""
    agent = zipapp()
    how = f"-S -p {PROMPT}" if device.sudo else "-n"
    start = [_START, "isthmus", agent.digest, str(len(agent.content)), device.python, _boot(), "--netns", device.netns]
    return shlex.join(["/bin/sh", "-c", _AS_ROOT.format(how), "isthmus", *start])


@cache
def _boot() -> str:
    """Return `boot.py` as one line of Python."""
    source = base64.b64encode(Path(__file__).with_name("boot.py").read_bytes()).decode()
    return f'import base64;exec(base64.b64decode("{source}"))'


def why(device: LinuxDevice, said: str, errors: str) -> DeviceError:
    """Return why the agent did not start: ``said`` is the start's own line, ``errors`` came on standard error."""
    verb, _, found = said.partition(" ")
    if verb == "python":
        return DeviceError(device.name, _python(device, found.strip()))
    if verb == "failed":
        return DeviceError(device.name, f"{device.address}: the agent cannot be stored: {found}")
    if sudo := _sudo(device, "no such program" if verb == "sudo" else errors):
        return LoginRefused(device.name, sudo)
    lines = [line for line in errors.splitlines() if line.strip()]
    last = lines[-1] if lines else "the command ended without a word"
    return DeviceError(device.name, f"{device.address} does not start the agent: {last}")


def _python(device: LinuxDevice, found: str) -> str:
    remedy = "install it there (Debian: python3), or name another interpreter with python: PATH in the device's entry"
    if found[:1].isdigit():
        version = found.partition(" ")[0]
        return f"{device.address} has Python {version} as {device.python}, the agent needs 3.9 or newer: {remedy}"
    return f"{device.address} has no {device.python}, the agent needs Python 3.9 or newer: {remedy}"


def _sudo(device: LinuxDevice, errors: str) -> str:
    """Return what sudo's words mean, '' if it said nothing."""
    for words, meaning in _SUDO.items():
        if any(word in errors for word in words):
            reason = meaning.format(user=device.user)
            return f"{device.address}: {device.user} is not root there, and sudo {reason}"
    return ""


_SUDO: Final = {
    ("no such program",): "is not installed: install the package sudo, or log in with user: root",
    ("not in the sudoers", "is not allowed to", "may not run sudo"): (
        "does not allow it: write `{user} ALL=(root) NOPASSWD: ALL` in /etc/sudoers.d, or log in with user: root"
    ),
    ("must have a tty", "no tty present"): "wants a terminal: remove requiretty from /etc/sudoers",
    ("a password is required", "a terminal is required"): (
        "needs a password: say where it is found, sudo: {{env: NAME}} in the device's entry, or write "
        "`{user} ALL=(root) NOPASSWD: ALL` in /etc/sudoers.d"
    ),
}
"""What follows from sudo's messages, which come in C's locale."""
