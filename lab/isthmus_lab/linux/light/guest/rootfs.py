"""The files of a light host: the machine's, with changes that only this host sees."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from . import mounts

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEVICES: Final = ("null", "zero", "full", "random", "urandom", "tty", "net/tun", "fuse", "kvm")
_LINKS: Final = {
    "fd": "/proc/self/fd",
    "stdin": "/proc/self/fd/0",
    "stdout": "/proc/self/fd/1",
    "stderr": "/proc/self/fd/2",
    "ptmx": "pts/ptmx",
}
_FRESH: Final = ("proc", "sys", "dev", "run", "tmp", "mnt", "media")
"""Folders that a host has for itself; nothing that the machine mounts below them is seen in it."""
_EMPTY: Final = ("root", "home", "var/tmp", "var/log", "var/spool/cron")
"""Folders that start empty: what is the machine's own there is none of the host's."""
_FOREIGN: Final = ("var/lib/isthmus",)
"""What says of the machine what would be wrong of the host: whose its objects are."""
_KERNEL_KINDS: Final = frozenset(
    {"proc", "sysfs", "devtmpfs", "devpts", "tmpfs", "cgroup", "cgroup2", "mqueue", "nsfs"}
)


def build(store: Path) -> Path:
    """Mount the host's root below its store and return where; its own changes are kept in the store."""
    root = layers(store)
    _kernel(root)
    _devices(root / "dev")
    for name, mode in (("run", "755"), ("tmp", "1777")):
        mounts.mount("tmpfs", root / name, mounts.NOSUID | mounts.NODEV, f"mode={mode}")
    (root / "run/lock").mkdir(mode=0o1777)
    return root


def layers(store: Path) -> Path:
    """Mount what the host has of the machine's files, and nothing of the kernel's."""
    root = store / "root"
    new = not (store / "layers").exists()
    mounts.overlay(Path("/"), store / "layers" / "root", root)
    for number, below in enumerate(_mounted_below()):
        mounts.overlay(below, store / "layers" / f"below-{number}", root / below.relative_to("/"))
    for name in _EMPTY:
        _empty(root / name, store / "empty" / name.replace("/", "-"))
    (root / ".dockerenv").unlink(missing_ok=True)
    if new:
        for name in _FOREIGN:
            shutil.rmtree(root / name, ignore_errors=True)
    return root


def _mounted_below() -> Iterator[Path]:
    """Give the machine's own file systems below the root, outer ones first."""
    seen: list[Path] = []
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        fields = line.split()
        at, kind = Path(_unescaped(fields[4])), fields[fields.index("-") + 1]
        if kind not in _KERNEL_KINDS and at.is_dir() and at != Path("/") and at.parts[1] not in _FRESH:
            seen.append(at)
    return iter(sorted(set(seen)))


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _empty(at: Path, kept: Path) -> None:
    mode = at.stat().st_mode & 0o7777 if at.exists() else 0o755
    kept.mkdir(parents=True, exist_ok=True)
    kept.chmod(mode)
    at.mkdir(parents=True, exist_ok=True)
    mounts.bind(kept, at)


def _kernel(root: Path) -> None:
    safe = mounts.NOSUID | mounts.NODEV | mounts.NOEXEC
    mounts.mount("proc", root / "proc", safe)
    mounts.mount("sysfs", root / "sys", safe)


def _devices(dev: Path) -> None:
    mounts.mount("tmpfs", dev, mounts.NOSUID, "mode=755")
    for name in _DEVICES:
        if (Path("/dev") / name).exists():
            (dev / name).parent.mkdir(exist_ok=True)
            (dev / name).touch()
            mounts.bind(Path("/dev") / name, dev / name)
    for name, target in _LINKS.items():
        (dev / name).symlink_to(target)
    options = "newinstance,ptmxmode=0666,mode=0620,gid=5"
    mounts.mount("devpts", dev / "pts", mounts.NOSUID | mounts.NOEXEC, options)
    mounts.mount("tmpfs", dev / "shm", mounts.NOSUID | mounts.NODEV, "mode=1777")
