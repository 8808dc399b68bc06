"""Who is logged in, and what a group lets its users do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Trap

if TYPE_CHECKING:
    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Row

USERS = "/user"
GROUPS = "/user/group"


@dataclass(frozen=True, slots=True)
class User:
    """A logged-in user and the policies of the user's group."""

    name: str
    policies: frozenset[str]

    def require(self, policy: str) -> None:
        """Refuse, in the router's words, what the user's group does not allow."""
        if policy not in self.policies:
            raise Trap("not enough permissions (9)")


READER = User("", frozenset({"read"}))
"""Someone who may read everything but secrets."""


def by_password(device: Device, name: str, password: str) -> User | None:
    """Log in with the password itself, as from 6.43 on; ``None`` where it is wrong or the API is not allowed."""
    row = _enabled(device, name)
    return _user(device, row) if row and _password(row) == password else None


def by_response(device: Device, name: str, challenge: bytes, response: str) -> User | None:
    """Log in with ``00`` and the MD5 of a zero byte, the password and the challenge, as before 6.43."""
    row = _enabled(device, name)
    return _user(device, row) if row and response == _response(_password(row), challenge) else None


def _response(password: str, challenge: bytes) -> str:
    return "00" + hashlib.md5(b"\x00" + password.encode() + challenge).hexdigest()  # noqa: S324 - the protocol's choice


def _enabled(device: Device, name: str) -> Row | None:
    row = device.table(USERS).named(name)
    return row if row and row.value("disabled") != "true" else None


def _password(row: Row) -> str:
    return row.values.get("password", "")


def _user(device: Device, row: Row) -> User | None:
    group = device.table(GROUPS).named(row.values["group"])
    granted = group.values.get("policy", "").split(",") if group else []
    policies = frozenset(policy for policy in granted if not policy.startswith("!"))
    return User(row.values["name"], policies) if "api" in policies else None
