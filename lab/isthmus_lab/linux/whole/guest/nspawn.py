"""systemd-nspawn as a child of this process: its boot, its end, and its leader."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Final

from isthmus_lab.linux.light.guest import mounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus_lab.linux.whole.guest.cgroups import Group

_PR_SET_PDEATHSIG: Final = 1
_CLONE_NEWNS: Final = 0x20000
_MESSAGE: Final = 4096
_EXEC_FAILED: Final = 127


class Nspawn:
    """A container that boots.

    It tells by a socket in ``folder`` when systemd in it has started everything (sd_notify(3), ``--notify-ready``).
    """

    def __init__(self, command: Sequence[str], group: Group, folder: Path) -> None:
        self._group = group
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(folder / "notify"))
        self._pid = os.fork()
        if self._pid == 0:
            _become(command, group, folder / "notify")
        self._ended = os.pidfd_open(self._pid)

    def wait_until_booted(self, orders: int, seconds: float) -> bool:
        """Say whether it has booted: not where it ends, ``orders`` can be read, or time is over before."""
        while self._wait([self._socket.fileno(), self._ended, orders], seconds) == self._socket.fileno():
            if b"READY=1" in self._socket.recv(_MESSAGE).split(b"\n"):
                return True
        return False

    def wait_for_end_or(self, orders: int) -> bool:
        """Wait until it ends, or ``orders`` can be read; say whether it has ended."""
        return self._wait([self._ended, orders], None) == self._ended

    def shut_down(self, seconds: float) -> None:
        """Let systemd in it end everything, and kill what is left after so many seconds."""
        signal.pidfd_send_signal(self._ended, signal.SIGTERM)
        self._wait([self._ended], seconds)

    def reap(self, seconds: float) -> int:
        """Kill what still runs, remove its group, and return its status."""
        self._group.kill(seconds)
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def leader(self) -> int | None:
        """The container's first process, as the machine counts it."""
        (nspawn,) = _children("self")
        return next(iter(_children(nspawn)), None)

    @staticmethod
    def _wait(descriptors: Sequence[int], seconds: float | None) -> int | None:
        readable, _, _ = select.select(descriptors, [], [], seconds)
        return readable[0] if readable else None


def _children(pid: str | int) -> list[int]:
    main = Path(f"/proc/{pid}").resolve().name
    return [int(child) for child in Path(f"/proc/{main}/task/{main}/children").read_text().split()]


def _become(command: Sequence[str], group: Group, notify: Path) -> None:
    """Let nothing of this process's go on in the child."""
    try:
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        group.enter()
        # The lab's keeper has a namespace of process numbers and sees the machine's /proc; nspawn wants one that fits.
        libc.unshare(_CLONE_NEWNS)
        mounts.mount("proc", Path("/proc"))
        os.execvpe(command[0], list(command), {**os.environ, "NOTIFY_SOCKET": str(notify)})  # noqa: S606 - no shell
    finally:
        os._exit(_EXEC_FAILED)
