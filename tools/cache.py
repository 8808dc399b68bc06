"""The user's cache folder of this project, and the lock that lets one process at a time write to it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tools.steps import showing


def folder() -> Path:
    """`$XDG_CACHE_HOME/isthmus`, by default `~/.cache/isthmus` (XDG Base Directory Specification)."""
    home = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (home if home.is_absolute() else Path.home() / ".cache") / "isthmus"


def environment_of_pip() -> dict[str, str]:
    """The environment in which pip keeps what it fetched in this folder, unless its user says where."""
    return {"PIP_CACHE_DIR": str(folder() / "pip"), **os.environ}


@contextmanager
def locked(path: Path, waiting: str) -> Iterator[None]:
    """Holds the lock file while the body runs; the kernel lets go of it when the process dies.

    While another process holds it, `waiting` is shown.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        if not _taken(lock):
            with showing(waiting):
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
