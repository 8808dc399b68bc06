"""The process that makes the files of a whole host, boots it, and ends it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from isthmus_lab.linux.light.guest import files, mounts, rootfs
from isthmus_lab.linux.whole.guest import cgroups, units, volatile
from isthmus_lab.linux.whole.guest.nspawn import Nspawn

if TYPE_CHECKING:
    from collections.abc import Mapping

_KILL_SECONDS: Final = 30.0


def main(report: int) -> int:
    """Boot the host that the first line of standard input describes as JSON, and return the container's status.

    Tells the writing end of a pipe, in one line, ``{"pid": N}`` when it has booted, N being systemd as the machine
    counts it, or ``{"error": TEXT}``. Another line on standard input lets the host shut down; its end kills it.
    """
    os.umask(0o022)
    host = json.loads(sys.stdin.readline())
    try:
        nspawn = _boot(host)
    except OSError as error:
        _tell(report, {"error": f"{error.filename or 'its files'}: {error.strerror}"})
        return 1
    if nspawn.wait_until_booted(sys.stdin.fileno(), host["boot_seconds"]):
        _tell(report, {"pid": nspawn.leader()})
        if not nspawn.wait_for_end_or(sys.stdin.fileno()) and sys.stdin.readline():
            nspawn.shut_down(host["stop_seconds"])
    else:
        _tell(report, {"error": "systemd has not booted"})
    return nspawn.reap(_KILL_SECONDS)


def _boot(host: Mapping[str, Any]) -> Nspawn:
    mounts.make_private()
    cgroups.show()
    store = Path(host["store"])
    root = rootfs.layers(store)
    if host["first"]:
        _in_root(root, host)
    mounts.mount("tmpfs", store / "notify")
    # nspawn's own folder: what it leaves there goes with this mount namespace.
    mounts.mount("tmpfs", Path("/run/systemd/nspawn"))
    return Nspawn([*host["command"], f"--directory={root}"], cgroups.Group.make(host["name"]), store / "notify")


def _in_root(root: Path, host: Mapping[str, Any]) -> None:
    """Write the host's files, by a child for which its root is the root: so no link leads out of it."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.chroot(root)
            os.chdir("/")
            _write(host)
            status = 0
        except OSError as error:
            print(f"{host['name']}: {error.filename}: {error.strerror}", file=sys.stderr)
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1] != 0:
        raise OSError(5, "cannot be written", "its files")


def _write(host: Mapping[str, Any]) -> None:
    units.arrange(Path("/"))
    units.write_boot_commands(Path("/"), host["on_boot"], host["run"])
    files.write_all(host)
    volatile.keep(Path("/"), host["files"])


def _tell(report: int, told: Mapping[str, Any]) -> None:
    os.write(report, json.dumps(told).encode() + b"\n")
    os.close(report)
