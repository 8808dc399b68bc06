"""Network namespaces: their names in a lab, and doing something inside one."""

from __future__ import annotations

import ctypes
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER: Final = Path("/run/netns")
"""Where iproute2 finds namespaces by name; the lab's keeper has this folder for itself."""
FABRIC: Final = ".fabric"
"""The namespace of all links. No node can have this name."""

_NEWNET: Final = 0x40000000
_libc: Final = ctypes.CDLL(None, use_errno=True)
_T = TypeVar("_T")


def of_management(node: str) -> str:
    """Name the namespace from which a node is reached over one of its cards."""
    return f".to.{node}"


def inside(namespace: Path, do: Callable[[], _T]) -> _T:
    """Do something in a network namespace, on a thread of its own; sockets made there stay there."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_entered, namespace, do).result()


def _entered(namespace: Path, do: Callable[[], _T]) -> _T:
    with entered(namespace):
        return do()


@contextmanager
def entered(namespace: Path) -> Iterator[None]:
    """Let this thread, and no other, be in another network namespace until the end of ``with``."""
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        there = os.open(namespace, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _enter(there)
        finally:
            os.close(there)
        try:
            yield
        finally:
            _enter(before)
    finally:
        os.close(before)


def _enter(descriptor: int) -> None:
    if _libc.setns(descriptor, _NEWNET) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
