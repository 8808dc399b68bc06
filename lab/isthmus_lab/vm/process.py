"""A process that outlives its maker, told from a later one with the same number."""

from __future__ import annotations

import json
import os
import select
import signal
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

_START_FIELD: Final = 19
"""Where the start time is in /proc/PID/stat, counted after the program's name (proc_pid_stat(5), field 22)."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process by its number and by the time of its start, in clock ticks since the machine's."""

    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """Find a process that runs now."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return None
        state, *fields = stat.rpartition(") ")[2].split()
        return None if state in "ZX" else cls(pid, int(fields[_START_FIELD - 1]))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what :meth:`to_json` wrote."""
        return cls(**json.loads(text))

    def to_json(self) -> str:
        """Write it down for whoever looks for it later."""
        fields: dict[str, Any] = asdict(self)
        return json.dumps(fields)

    @property
    def runs(self) -> bool:
        """Whether it is still this very process."""
        return type(self).of(self.pid) == self

    def kill(self, seconds: float) -> bool:
        """Kill it, and say whether it has ended within so many seconds."""
        try:
            handle = os.pidfd_open(self.pid)
        except OSError:
            return True
        try:
            if self.runs:
                with suppress(ProcessLookupError):
                    signal.pidfd_send_signal(handle, signal.SIGKILL)
            return _ended(handle, seconds) or not self.runs
        finally:
            os.close(handle)


def _ended(handle: int, seconds: float) -> bool:
    readable, _, _ = select.select([handle], [], [], seconds)
    return bool(readable)
