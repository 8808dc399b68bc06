"""The API's two logins.

From 6.43 on, a client sends its name and password. Before, it asked for a challenge first and sent ``00`` and the MD5
of a zero byte, the password and the challenge (source: MikroTik's manual, "API", section "Initial login").
"""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Trap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.counters import Counters
    from isthmus_lab.routeros.router import Router
    from isthmus_lab.routeros.users import User


class Method(StrEnum):
    """Which logins the router knows."""

    PLAIN = "plain"
    """Name and password, as from 6.43 on."""
    CHALLENGE = "challenge"
    """Challenge and response, as before 6.43; a password that comes unasked is ignored."""
    BOTH = "both"
    """Either, as a client wishes."""


class Login:
    """The logins of one connection; a challenge serves one response."""

    def __init__(self, router: Router, counters: Counters, method: Method) -> None:
        self._router = router
        self._counters = counters
        self._method = method
        self._challenge: bytes | None = None

    def attempt(self, attributes: Mapping[str, str]) -> User | str:
        """Give the user who is in now, or a challenge to respond to; a refusal is a :class:`Trap`."""
        if "response" in attributes:
            return self._response(attributes.get("name", ""), attributes["response"])
        if self._method is Method.CHALLENGE or (self._method is Method.BOTH and "password" not in attributes):
            return self._ask()
        return self._password(attributes.get("name", ""), attributes.get("password", ""))

    def _ask(self) -> str:
        self._challenge = secrets.token_bytes(16)
        return self._challenge.hex()

    def _password(self, name: str, password: str) -> User:
        return self._let_in(self._router.authenticate(name, password), "invalid user name or password (6)")

    def _response(self, name: str, response: str) -> User:
        challenge, self._challenge = self._challenge, None
        user = None
        if challenge is not None and self._method is not Method.PLAIN:
            user = self._router.authenticate_challenge(name, challenge, response)
        return self._let_in(user, "cannot log in")

    def _let_in(self, user: User | None, refusal: str) -> User:
        if user is None:
            raise Trap(refusal)
        self._counters.logins += 1
        return user
