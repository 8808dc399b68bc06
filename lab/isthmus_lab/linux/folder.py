"""The folder of a running lab: where its keeper, its users and what a crash left are found."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from isthmus_lab import names
from isthmus_lab.errors import LabError
from isthmus_lab.linux import waiting
from isthmus_lab.linux.keeping import Keeping

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABS: Final = "labs"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where everything of one lab lies. Whoever holds its lock keeps the lab, or makes or removes it."""

    path: Path

    @classmethod
    def of(cls, name: str) -> Self:
        """Name the folder of a lab, there or not."""
        return cls(names.runtime_folder() / _LABS / names.checked(name))

    @property
    def name(self) -> str:
        """The lab's name."""
        return self.path.name

    @property
    def topology(self) -> Path:
        """The topology that it was made from."""
        return self.path / "topology.yaml"

    @property
    def control(self) -> Path:
        """The keeper's control socket."""
        return self.path / "control.sock"

    @property
    def keeper(self) -> Path:
        """Which process the keeper is, as JSON."""
        return self.path / "keeper.json"

    @property
    def log(self) -> Path:
        """What keeper and hosts say on standard error."""
        return self.path / "keeper.log"

    @property
    def machine(self) -> Path:
        """The mark of a lab that runs in a virtual machine of its name."""
        return self.path / "machine"

    @property
    def store(self) -> Path:
        """Where the keeper, and nobody else, sees the files of the hosts."""
        return self.path / "store"

    @property
    def devices(self) -> Path:
        """The devices file for a deployment on this lab."""
        return self.path / "devices.yaml"

    @property
    def key(self) -> Path:
        """The private key that every host of the lab lets in."""
        return self.path / "ssh_key"

    @property
    def known_hosts(self) -> Path:
        """The hosts' keys, for ssh."""
        return self.path / "known_hosts"

    @property
    def _lock(self) -> Path:
        return self.path / "lock"

    def is_kept(self) -> bool:
        """Whether its keeper lives."""
        return (keeper := Keeping.read(self.keeper)) is not None and keeper.process.lives()

    @contextmanager
    def locked(self, seconds: float = 0) -> Iterator[int | None]:
        """Hold the lock until the end of ``with``; give its descriptor, or None where another holds it for so long.

        None also where the folder is gone: :meth:`make` makes it.
        """
        try:
            lock = os.open(self._lock, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            yield None
            return
        try:
            taken = waiting.until(lambda: _taken(lock), seconds)
            yield lock if taken and self._is_the_lock(lock) else None
        finally:
            os.close(lock)

    def make(self) -> None:
        """Make the folder and its lock, where they are missing."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock.touch(mode=0o600)

    def clear(self) -> None:
        """Remove what a lab left here, but for the lock, which the caller holds."""
        for router in keeping.routers if (keeping := Keeping.read(self.keeper)) else ():
            names.socket_of(router).unlink(missing_ok=True)
        for entry in self.path.iterdir():
            if entry == self._lock:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def remove(self) -> None:
        """Remove the folder; the caller holds the lock."""
        self.clear()
        self._lock.unlink()
        self.path.rmdir()
        with suppress(OSError):
            self.path.parent.rmdir()

    def _is_the_lock(self, lock: int) -> bool:
        """Whether it is still the file at its place, which who had it before may have removed."""
        return self._lock.exists() and os.path.samestat(os.fstat(lock), self._lock.stat())


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def kept() -> list[str]:
    """Name the labs that are up."""
    folder = names.runtime_folder() / _LABS
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [lab.name for lab in found if Folder(lab).is_kept()]


def chosen(name: str | None) -> Folder:
    """Find the lab of this name or, without one, the only lab that is up."""
    up = kept()
    if name is None and len(up) == 1:
        return Folder.of(up[0])
    if name is None:
        raise LabError(f"say which lab: --lab {' or --lab '.join(up)}" if up else "no lab is up: isthmus-lab up")
    if name not in up:
        raise LabError(f"no lab {name} is up" + (f"; up are {', '.join(up)}" if up else ""))
    return Folder.of(name)
