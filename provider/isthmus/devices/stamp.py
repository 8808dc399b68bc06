"""Tells whether a file has changed, so that one that has not is parsed once for a thousand resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Stamp(NamedTuple):
    """A file's identity, time of change in nanoseconds, and size in bytes."""

    inode: int
    changed: int
    size: int


def stamp(path: Path) -> Stamp | None:
    """Return the stamp of a file, None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Stamp(status.st_ino, status.st_mtime_ns, status.st_size)
