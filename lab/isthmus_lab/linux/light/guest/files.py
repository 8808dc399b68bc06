"""What is written into a host when it is made, and at a reboot."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from . import mounts

if TYPE_CHECKING:
    from collections.abc import Mapping

_VOLATILE: Final = ("/run/", "/tmp/", "/var/run/")  # noqa: S108 - the host's own, not this machine's
_SECRET: Final = 0o600
_PLAIN: Final = 0o644


def write_all(host: Mapping[str, Any], root: Path = Path("/")) -> None:
    """Write everything that tells this host from the machine, whose root is there."""
    with mounts.seen_as_root(root):
        _write_all(host)


def _write_all(host: Mapping[str, Any]) -> None:
    name = host["name"]
    _write("/etc/hostname", f"{name}\n")
    _write("/etc/hosts", f"127.0.0.1 localhost\n127.0.1.1 {name}\n::1 localhost ip6-localhost ip6-loopback\n")
    _write("/etc/resolv.conf", "")
    _write("/etc/machine-id", os.urandom(16).hex() + "\n")
    _no_foreign_host_keys()
    _unlock_root()
    for path, text in host["private"].items():
        _write(path, text, _SECRET)
    for path, text in host["files"].items():
        _write(path, text)
    write_volatile(host)


def write_volatile(host: Mapping[str, Any]) -> None:
    """Write what a reboot has taken."""
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    for path, text in host["files"].items():
        if path.startswith(_VOLATILE):
            _write(path, text)


def _write(path: str, text: str, mode: int = _PLAIN) -> None:
    """Write a file of root's, in place of whatever was there, a link too."""
    file = Path(path)
    file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)


def _no_foreign_host_keys() -> None:
    for key in Path("/etc/ssh").glob("ssh_host_*"):
        key.unlink()


def _unlock_root() -> None:
    """Let root log in by key: sshd without PAM refuses an account that is locked (``!``)."""
    shadow = Path("/etc/shadow")
    lines = shadow.read_text().splitlines(keepends=True)
    shadow.write_text("".join(line.replace(":!", ":*", 1) if line.startswith("root:!") else line for line in lines))
