"""The first process of a light host: it makes the host's files, says that it stands, and reaps what ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from . import files, mounts, rootfs


def main(report: int) -> None:
    """Become the host that standard input describes as JSON; tell the writing end of a pipe when it stands.

    What is told is one line: ``{"pid": N}``, the process as the machine counts it, or ``{"error": TEXT}``.
    """
    os.umask(0o022)
    try:
        told: dict[str, Any] = {"pid": _become(json.load(sys.stdin))}
    except OSError as error:
        told = {"error": f"{error.filename}: {error.strerror}"}
    os.write(report, json.dumps(told).encode() + b"\n")
    os.close(report)
    if "pid" in told:
        _reap()


def _become(host: dict[str, Any]) -> int:
    # /proc is still the machine's here, so this is the number by which the rest of the lab finds this process.
    pid = int(Path("/proc/self").readlink().name)
    mounts.make_private()
    root = rootfs.build(Path(host["store"]))
    mounts.change_root(root)
    socket.sethostname(host["name"])
    if host["first"]:
        files.write_all(host)
    else:
        files.write_volatile(host)
    return pid


def _reap() -> None:
    """Be the parent of whatever has lost its own, until killed."""
    nothing = os.open("/dev/null", os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    while True:
        signal.sigwait({signal.SIGCHLD})
        while _reaped_one():
            pass


def _reaped_one() -> bool:
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False
