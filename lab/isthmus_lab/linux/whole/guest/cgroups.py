"""Control groups: the second version's hierarchy, and a group in it for each host."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from isthmus_lab.linux.light.guest import mounts

PLACE: Final = Path("/sys/fs/cgroup")
"""Where systemd looks for the hierarchy."""
_PREFIX: Final = "isthmus-lab."
_TRIES: Final = 100


def show() -> None:
    """Let systemd see the second version's hierarchy alone, in this mount namespace."""
    found = _find()
    if found is None:
        mounts.mount("cgroup2", PLACE)
    elif found != PLACE:
        mounts.bind(found, PLACE)


@dataclass(frozen=True, slots=True)
class Group:
    """The group of one host: everything that runs in it."""

    folder: Path

    @classmethod
    def make(cls, name: str, hierarchy: Path = PLACE) -> Self:
        """Make one, and remove those of hosts that a crash has ended."""
        sweep(hierarchy)
        # The number by which the machine counts this process: two labs may have hosts of one name.
        group = cls(hierarchy / f"{_PREFIX}{name}.{Path('/proc/self').readlink().name}")
        group.folder.mkdir(exist_ok=True)
        return group

    def enter(self) -> None:
        """Put this process into it."""
        for _ in range(_TRIES):
            # Another host's sweep may take the group away while it is still empty.
            with suppress(FileNotFoundError):
                self.folder.mkdir(exist_ok=True)
                (self.folder / "cgroup.procs").write_text("0")
                return
        raise FileNotFoundError(2, "is taken away again and again", str(self.folder))

    def kill(self, seconds: float) -> None:
        """Kill all that run in it, wait for their end, and remove it."""
        with suppress(FileNotFoundError):
            (self.folder / "cgroup.kill").write_text("1")
            _wait_until_empty(self.folder / "cgroup.events", seconds)
            _remove(self.folder)


def sweep(hierarchy: Path) -> None:
    """Remove the groups in which nothing runs; the kernel keeps the others."""
    for folder in hierarchy.glob(f"{_PREFIX}*"):
        _remove(folder)


def _find() -> Path | None:
    """Find where the hierarchy is mounted, if anywhere (proc_pid_mountinfo(5))."""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        fields = line.split()
        if fields[fields.index("-") + 1] == "cgroup2":
            return Path(fields[4])
    return None


def _remove(group: Path) -> None:
    for folder, _, _ in os.walk(group, topdown=False):
        with suppress(OSError):
            Path(folder).rmdir()


def _wait_until_empty(events: Path, seconds: float) -> None:
    """The kernel tells of a change of this file as of urgent data (Control Group v2, "populated")."""
    with events.open() as stream:
        poll = select.poll()
        poll.register(stream, select.POLLPRI)
        while "populated 1" in stream.read():
            if not poll.poll(seconds * 1000):
                return
            stream.seek(0)
