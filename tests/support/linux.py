"""A network namespace of this machine as a Linux host, for what needs no other program than the kernel."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pyroute2 import netns


@contextmanager
def namespace(label: str) -> Iterator[str]:
    """Make a network namespace of its own, and remove it with all that is in it."""
    name = f"isthmus-{os.getpid()}-{label}"
    netns.create(name)
    try:
        ip(name, "link", "set", "lo", "up")
        yield name
    finally:
        with suppress(OSError):
            netns.remove(name)


def ip(name: str, *words: str) -> str:
    """Run `ip` in a namespace and return what it prints."""
    done = subprocess.run(["ip", "-n", name, *words], capture_output=True, text=True, check=True)
    return done.stdout


def inside(name: str, *command: str) -> str:
    """Run a program in a namespace and return what it prints."""
    done = subprocess.run(["ip", "netns", "exec", name, *command], capture_output=True, text=True, check=True)
    return done.stdout
