"""Emulated routers as nodes of a lab."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from isthmus_lab import names
from isthmus_lab.cli.users import let_in
from isthmus_lab.emulated import EmulatedRouter
from isthmus_lab.linux.running import RunningRouter

if TYPE_CHECKING:
    from collections.abc import Iterator

USER: Final = "isthmus"


@contextmanager
def running(name: str, version: str) -> Iterator[RunningRouter]:
    """Run a router on loopback until the end of ``with``; ``isthmus-lab control`` finds it by its name."""
    router = EmulatedRouter(name, version, control_socket=names.socket_of(name))
    password = secrets.token_urlsafe(24)
    let_in(router.router, USER, password, "full")
    with router:
        yield RunningRouter(router.host, router.api_ssl_port, USER, password, router.fingerprint or "")
