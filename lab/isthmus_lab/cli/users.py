"""Users that a router has from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.errors import LabError
from isthmus_lab.routeros.command import Command, Trap
from isthmus_lab.routeros.operations import OPERATOR

if TYPE_CHECKING:
    from isthmus_lab.routeros.router import Router


def let_in(router: Router, name: str, password: str, group: str) -> None:
    """Add the user, or change the one that is there (``admin`` always is)."""
    found = router.execute(OPERATOR, Command("/user/print", queries=(f"name={name}",))).rows
    wanted = {"name": name, "password": password, "group": group}
    command = Command("/user/set", {".id": found[0][".id"], **wanted}) if found else Command("/user/add", wanted)
    try:
        router.execute(OPERATOR, command)
    except Trap as trap:
        raise LabError(f"cannot let the user {name} in: {trap.message}") from trap
