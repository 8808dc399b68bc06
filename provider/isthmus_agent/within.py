"""Steps into a network namespace for a moment: what only the caller's own namespace shows, and programs run there."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from isthmus_agent.errors import Refused

NEW = 0x40000000
"""CLONE_NEWNET."""
_OWN = "/proc/thread-self/ns/net"


def exists(netns: str) -> bool:
    """Tell whether there is a network namespace of that name; what was in one that is gone went with it."""
    return not netns or Path("/run/netns", netns).exists()


@contextmanager
def within(netns: str) -> Iterator[None]:
    """Be in a network namespace, by name; '' is where the agent is already."""
    if not netns:
        yield
        return
    try:
        there = os.open(Path("/run/netns", netns), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        raise Refused(f"there is no network namespace {netns!r}; declare it (linux.Netns)", "netns") from None
    with _returning():
        try:
            _do("setns", there, NEW)
        finally:
            os.close(there)
        yield


@contextmanager
def scratch() -> Iterator[None]:
    """Be in a new, empty network namespace, which ends with the block."""
    with _returning():
        _do("unshare", NEW)
        yield


@contextmanager
def _returning() -> Iterator[None]:
    own = os.open(_OWN, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield
    finally:
        _do("setns", own, NEW)
        os.close(own)


def _do(call: str, *arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, call)(*arguments):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), "network namespace")
