"""What the agent can be asked: each call is a function here, its arguments and answer plain JSON."""

from __future__ import annotations

import fcntl
import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from isthmus_agent.changes import Change, Wanted
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds import kind_named
from isthmus_agent.record import Record


def about(host: Host) -> dict[str, Any]:
    """Say what the host is."""
    return {
        "kernel": platform.release(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "hostname": platform.node(),
        "root": os.geteuid() == 0,
        "machine": _machine(),
        "netns": host.netns,
    }


def read(host: Host, kind: str, netns: str = "") -> list[dict[str, Any]]:
    """Return all objects of a kind in a namespace."""
    return kind_named(kind).list(host, netns)


def put(host: Host, objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make or change objects, all or none."""
    with _alone(host) as record:
        return Change(host, record).put([Wanted(**each) for each in objects])


def drop(host: Host, objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Remove objects, or give them back, all or none."""
    with _alone(host) as record:
        return Change(host, record).drop([Wanted(**each) for each in objects])


CALLS: dict[str, Callable[..., Any]] = {call.__name__: call for call in (about, read, put, drop)}


@contextmanager
def _alone(host: Host) -> Iterator[Record]:
    """Hold the host's lock: no two agents change a host at once."""
    try:
        host.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (host.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Record(host.home)
    except OSError as error:
        raise Refused(f"{error.filename or host.home}: {error.strerror}; the agent keeps its record there") from None


def _machine() -> str:
    try:
        return Path("/etc/machine-id").read_text().strip()
    except OSError:
        return ""
