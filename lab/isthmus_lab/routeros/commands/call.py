"""What a command works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.schema import Menu
    from isthmus_lab.routeros.store import Table
    from isthmus_lab.routeros.users import User


@dataclass(frozen=True, slots=True)
class Call:
    """One command given to one menu by one user."""

    device: Device
    user: User
    menu: Menu
    attributes: Mapping[str, str]
    queries: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """The rows of the menu."""
        return self.device.table(self.menu.path)
