"""Who owns a file or folder and who may use it, and how its place is looked at without following links."""

from __future__ import annotations

import errno
import grp
import os
import pwd
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.kinds.kind import Props

_REMEDIES = {
    errno.ENOSPC: "no space is left on its disk: free some",
    errno.EDQUOT: "its disk quota is used up: free some space",
    errno.EROFS: "its file system is read-only: remount it writable",
    errno.EBUSY: "something is mounted on it: unmount it, or change what is mounted",
    errno.EPERM: "it may not be changed even by root: look at it with lsattr",
}
"""What to do about errors that are no mistake in a program; nothing was changed then."""


def status(path: Path) -> os.stat_result | None:
    """Return what stands at a place, None if nothing does; Refused where a link leads there."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(found.st_mode):
        raise Refused(f"it is a symbolic link to {path.readlink()}: name that, or remove the link", "path")
    for parent in path.parents:
        above = parent.lstat()
        if stat.S_ISLNK(above.st_mode) and above.st_uid != 0:
            raise Refused(f"{parent} is a symbolic link that is not root's: it is not followed", "path")
    return found


def folder_of(path: Path) -> Path:
    """Return the folder that something is to be made in; Refused if it is missing."""
    if not path.parent.is_dir():
        raise Refused(f"the folder {path.parent} is missing: declare it (linux.Folder), or what brings it", "path")
    return path.parent


def access(found: os.stat_result, wanted: Props) -> Props:
    """Return owner, group and mode; numbers where `wanted` gives numbers, or where there is no name."""
    return {
        "owner": _name(found.st_uid, str(wanted.get("owner") or ""), _user_name),
        "group": _name(found.st_gid, str(wanted.get("group") or ""), _group_name),
        "mode": f"{stat.S_IMODE(found.st_mode):04o}",
    }


def ids(props: Props) -> tuple[int, int]:
    """Return the numbers of an owner and a group; -1 where none is named. Refused names one that there is not."""
    return _number(props, "owner", _user_id, "user"), _number(props, "group", _group_id, "group")


def settle_access(path: Path, different: Props) -> None:
    """Give what is there another owner, group or mode, without following a link that took its place."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
        os.fchown(descriptor, *ids(different))
        os.fchmod(descriptor, int(different["mode"], 8) if different.get("mode") else mode)
    finally:
        os.close(descriptor)


@contextmanager
def explained() -> Iterator[None]:
    """Name the remedy of a full disk and its like."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REMEDIES:
            raise
        raise Refused(f"{_REMEDIES[error.errno]}; nothing was changed") from None


def _name(number: int, wanted: str, named: Callable[[int], str]) -> str:
    return str(number) if wanted.isdigit() else named(number)


def _user_name(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _group_name(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def _user_id(name: str) -> int:
    return pwd.getpwnam(name).pw_uid


def _group_id(name: str) -> int:
    return grp.getgrnam(name).gr_gid


def _number(props: Props, word: str, number_of: Callable[[str], int], what: str) -> int:
    name = str(props.get(word) or "")
    if not name:
        return -1
    if name.isdigit():
        return int(name)
    try:
        return number_of(name)
    except KeyError:
        raise Refused(f"there is no {what} {name!r} on this host: make it, or install what does", word) from None
