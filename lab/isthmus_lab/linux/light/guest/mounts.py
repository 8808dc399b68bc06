"""Mounting, by the C library: a process for each mount would cost more than all the rest of a host's start."""

from __future__ import annotations

import ctypes
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

BIND: Final = 0x1000
RECURSIVE: Final = 0x4000
PRIVATE: Final = 1 << 18
NOSUID: Final = 0x2
NODEV: Final = 0x4
NOEXEC: Final = 0x8
_DETACH: Final = 2
_SYS_PIVOT_ROOT: Final = {"x86_64": 155, "aarch64": 41}

_libc: Final = ctypes.CDLL(None, use_errno=True)


def mount(kind: str, at: Path, flags: int = 0, options: str = "", source: str = "") -> None:
    """Mount a file system of this kind; make the folder if need be."""
    at.mkdir(parents=True, exist_ok=True)
    words = (source or kind, str(at), kind)
    _checked(_libc.mount(*(word.encode() for word in words), ctypes.c_ulong(flags), options.encode()), str(at))


def bind(source: Path, at: Path, flags: int = 0) -> None:
    """Show a file or folder at another place too."""
    _checked(_libc.mount(bytes(source), bytes(at), None, ctypes.c_ulong(BIND | flags), None), str(at))


def overlay(lower: Path, store: Path, at: Path) -> None:
    """Show a folder with changes of one's own, which are kept in the store."""
    for folder in (store / "upper", store / "work"):
        folder.mkdir(parents=True, exist_ok=True)
    options = f"lowerdir={_escaped(lower)},upperdir={_escaped(store / 'upper')},workdir={_escaped(store / 'work')}"
    mount("overlay", at, options=options)


def make_private() -> None:
    """Let no mount be seen outside this mount namespace."""
    _checked(_libc.mount(None, b"/", None, ctypes.c_ulong(RECURSIVE | PRIVATE), None), "/")


def change_root(root: Path) -> None:
    """Make this mount point the root, and forget the one before."""
    os.chdir(root)
    _checked(_libc.syscall(ctypes.c_long(_SYS_PIVOT_ROOT[os.uname().machine]), b".", b"."), str(root))
    _checked(_libc.umount2(b".", _DETACH), "the former root")
    os.chdir("/")


@contextmanager
def seen_as_root(root: Path) -> Iterator[None]:
    """Let every path, and every link on the way, be one below this folder until the end of ``with``."""
    outside = os.open("/", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.chroot(root)
        os.chdir("/")
        yield
    finally:
        os.fchdir(outside)
        os.chroot(".")
        os.close(outside)


def _escaped(path: Path) -> str:
    text = str(path)
    for sign in "\\,:":
        text = text.replace(sign, f"\\{sign}")
    return text


def _checked(status: int, at: str) -> None:
    if status != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), at)
