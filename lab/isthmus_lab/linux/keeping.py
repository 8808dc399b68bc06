"""Which process keeps a lab, in a way that survives the reuse of process numbers."""

from __future__ import annotations

import json
import os
import select
import signal
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

_START_TIME = 19
"""The field of ``/proc/PID/stat`` with a process's start, counted from the one after its name (proc(5), field 22)."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process of the machine, told from a later one with the same number by when it started."""

    pid: int
    start: int

    @classmethod
    def this(cls) -> Self:
        """This process, as the machine counts it: ``/proc`` must be the machine's."""
        return cls.of(int(Path("/proc/self").readlink().name))

    @classmethod
    def of(cls, pid: int) -> Self:
        """The process that has this number now."""
        return cls(pid, _start(pid) or 0)

    def lives(self) -> bool:
        """Whether it has not ended."""
        return _start(self.pid) == self.start

    def wait(self, seconds: float) -> bool:
        """Wait for its end; return whether it came in time."""
        try:
            watched = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return True
        try:
            return not self.lives() or bool(select.select([watched], [], [], seconds)[0])
        finally:
            os.close(watched)

    def kill(self) -> None:
        """Kill it, if it still lives."""
        if self.lives():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def _start(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] == "Z" else int(fields[_START_TIME])


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a lab's folder says of its keeper: the process, and under which names its routers can be controlled."""

    process: Process
    routers: tuple[str, ...] = ()

    @classmethod
    def read(cls, file: Path) -> Self | None:
        """Read it; None where there is none, or half of one."""
        try:
            told = json.loads(file.read_text())
            return cls(Process(**told["process"]), tuple(told["routers"]))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def write(self, file: Path) -> None:
        """Write it."""
        file.write_text(json.dumps(asdict(self)) + "\n")
