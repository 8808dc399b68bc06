"""Waiting until a host can be used."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Final

from isthmus_lab.errors import LabError
from isthmus_lab.linux import programs, waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus_lab.linux.running import RunningHost

_SECONDS: Final = 120
"""A machine without KVM is slow, and its speed varies by three."""


def wait(name: str, host: RunningHost) -> None:
    """Return once SSH answers from outside and no address of the host is tentative any more."""
    _until(lambda: _greets(host), f"{name}: its SSH does not answer at {host.host}:{host.port}")
    _until(lambda: not tentative(name), f"{name}: an IPv6 address is still tentative (ip -6 address)")


def _until(condition: Callable[[], bool], otherwise: str) -> None:
    if not waiting.until(condition, _SECONDS):
        raise LabError(f"{otherwise} after {_SECONDS} s")


def _greets(host: RunningHost) -> bool:
    """Whether sshd says its banner; a forwarder accepts before there is one."""
    try:
        with socket.create_connection((host.host, host.port), timeout=_SECONDS) as connection:
            return connection.recv(4) == b"SSH-"
    except OSError:
        return False


def tentative(namespace: str) -> bool:
    """Whether an IPv6 address there still waits for objections of others (RFC 4862)."""
    shown = programs.run(["ip", "-n", namespace, "-json", "-6", "address", "show", "tentative"])
    # For what the filter leaves out, ip prints empty objects.
    return any(address for link in json.loads(shown or "[]") for address in link.get("addr_info", ()))
