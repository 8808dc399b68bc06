"""One emulated router: its configuration behind a lock, and the commands that read and change it."""

from __future__ import annotations

import json
import os
from threading import RLock
from typing import TYPE_CHECKING

from isthmus_lab.routeros import rendering, users
from isthmus_lab.routeros import state as snapshot
from isthmus_lab.routeros.commands import dispatch
from isthmus_lab.routeros.device import Device
from isthmus_lab.routeros.export import export
from isthmus_lab.routeros.versions import Version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from isthmus_lab.routeros.command import Command, Result
    from isthmus_lab.routeros.schema import Menu
    from isthmus_lab.routeros.store import Row, Table
    from isthmus_lab.routeros.users import User


class Router:
    """A router of one version.

    ``state`` is a file that an earlier :meth:`save` wrote; without it, or where it does not exist yet, the router is
    fresh from its box. ``name`` is what the lab calls it; its identity is ``MikroTik`` until it is set.
    """

    def __init__(self, name: str, version: str = "7.16", *, state: Path | None = None) -> None:
        self.name = name
        self.version = Version.emulated(version)
        self._device = Device(self.version, name)
        self._lock = RLock()
        if state is not None and state.exists():
            snapshot.load(self._device, json.loads(state.read_text("utf-8")))

    def authenticate(self, name: str, password: str) -> User | None:
        """Log in as from RouterOS 6.43 on; ``None`` refuses."""
        with self._lock:
            return users.by_password(self._device, name, password)

    def authenticate_challenge(self, name: str, challenge: bytes, response: str) -> User | None:
        """Log in with a response to the challenge, as before RouterOS 6.43; ``None`` refuses."""
        with self._lock:
            return users.by_response(self._device, name, challenge, response)

    def execute(self, user: User, command: Command) -> Result:
        """Run one command as a whole or not at all; a refusal is a :class:`Trap`."""
        with self._lock:
            self._device.timeouts.expire()
            return dispatch.execute(self._device, user, command)

    def subscribe(
        self, path: str, callback: Callable[[Mapping[str, str]], None], user: User = users.READER
    ) -> Callable[[], None]:
        """Hear of every change in a menu as a user may see it; return the way to stop.

        The callback gets the row as ``print`` shows it, or its ``.id`` and ``.dead`` when it is removed. An unknown
        path is a :class:`Trap`, and so is a user who may not read.
        """
        user.require("read")
        menu = self._menu(path)
        watched = self._device.tables_of(menu)

        def tell(table: Table, row: Row, removed: bool) -> None:  # noqa: FBT001 - as the device calls it
            if table in watched:
                dead = {".id": row.id, ".dead": "true"}
                callback(dead if removed else rendering.seen(self._device, user, menu, table, row))

        with self._lock:
            return self._device.listen(tell)

    def export(self) -> str:
        """Write the whole configuration; see :mod:`isthmus_lab.routeros.export`."""
        with self._lock:
            return export(self._device)

    def save(self, path: Path) -> None:
        """Write the state so that only its owner can read it, all of it or nothing."""
        with self._lock:
            document = json.dumps(snapshot.dump(self._device), indent=1)
        draft = path.with_name(f"{path.name}.draft")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(document)
        draft.replace(path)

    def advance(self, seconds: float) -> None:
        """Let time pass at once on the router's clock."""
        with self._lock:
            self._device.clock.advance(seconds)
            self._device.timeouts.expire()

    def _menu(self, path: str) -> Menu:
        menu = self._device.menus.get(path)
        if menu is None:
            raise dispatch.unknown(self._device, path)
        return menu
