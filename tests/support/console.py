"""An emulated router's console: commands as an administrator would give them, without a wire between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isthmus_lab.routeros.command import Command, Trap
from isthmus_lab.routeros.router import Router
from isthmus_lab.routeros.users import User

Row = Mapping[str, str]


class Console:
    """One user's commands to one router."""

    def __init__(self, version: str = "7.16", *, router: Router | None = None, user: User | None = None) -> None:
        self.router = router or Router("seattle", version)
        self.user = user or self.log_in("admin", "")

    def log_in(self, name: str, password: str) -> User:
        user = self.router.authenticate(name, password)
        assert user is not None
        return user

    def as_member(self, policy: str) -> Console:
        """Log in anew, as a member of a group with just these policies."""
        self.add("/user/group", name="limited", policy=f"api,{policy}")
        self.add("/user", name="limited", group="limited", password="limited")
        return Console(router=self.router, user=self.log_in("limited", "limited"))

    def rows(self, path: str, *queries: str, **words: str) -> Sequence[Row]:
        return self.router.execute(self.user, Command(f"{path}/print", _words(words), queries)).rows

    def row(self, path: str, *queries: str, **words: str) -> Row:
        (only,) = self.rows(path, *queries, **words)
        return only

    def value(self, path: str, name: str, *queries: str) -> str | None:
        return self.row(path, *queries).get(name)

    def add(self, path: str, **words: str) -> str:
        ret = self.run(f"{path}/add", **words)
        assert ret is not None
        return ret

    def run(self, path: str, **words: str) -> str | None:
        return self.router.execute(self.user, Command(path, _words(words))).ret

    def give(self, path: str, words: Mapping[str, str]) -> str | None:
        """Give words that are no Python names, such as ``!comment``."""
        return self.router.execute(self.user, Command(path, words)).ret

    def trap(self, path: str, **words: str) -> Trap:
        """Give a command that the router refuses, and return how."""
        try:
            self.run(path, **words)
        except Trap as trap:
            return trap
        raise AssertionError(f"{path} was not refused")

    def refusal(self, path: str, **words: str) -> str:
        return self.trap(path, **words).message


def _words(words: Mapping[str, str]) -> dict[str, str]:
    """Turn Python's names into the router's: ``_id`` is ``.id``, ``_proplist`` ``.proplist``."""
    return {("." + name[1:] if name.startswith("_") else name).replace("_", "-"): text for name, text in words.items()}
