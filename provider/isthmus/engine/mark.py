"""Ownership marks: how a row on a router says whose it is.

A mark stands at the end of a row's comment, behind the user's own text: `Boise Peer [isthmus:u-7f3a51c6-9c01d2e4]`.
Its letter is the band that the row is ordered in, then come a hash of project and stack and one of the
resource's place in the program, and behind those, where the row stands beside another, a hash of which. It names
nothing and keeps no secret.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Literal, NamedTuple

Band = Literal["t", "f", "u", "l", "b", "p", "s"]
"""Where in a chain: top (components), first, user, last, bottom (components); preceding or succeeding another row."""

_IN_COMMENT = re.compile(r"\s?\[isthmus:([tfulbps])-([0-9a-f]{4}|[0-9a-f]{8})-([0-9a-f]{8})(?:-([0-9a-f]{8}))?\]$")


class Mark(NamedTuple):
    """Whose a row is; it sorts in the order in which a chain keeps its owners."""

    band: str
    stack: str
    resource: str
    anchor: str = ""
    """What the row stands beside, as `alias` gives it; empty in a band."""

    def __str__(self) -> str:
        return "-".join(part for part in self if part)

    @property
    def same_owner(self) -> tuple[str, str]:
        """What stays equal when a resource changes its band."""
        return self.stack, self.resource

    @property
    def alias(self) -> str:
        """What stands in the marks of rows that stand beside this one's."""
        return alias("-".join(self.same_owner))

    def beside(self, anchor: str) -> Mark:
        """Return the mark of rows that stand beside those of another mark, or the foreign row with a comment."""
        return self._replace(anchor=called(anchor))

    @property
    def rank(self) -> tuple[int, str, str]:
        """The place among all owners of a chain."""
        return "tfulbps".index(self.band), self.stack, self.resource

    @property
    def anchored(self) -> bool:
        """Tell whether the row stands beside another instead of in a band."""
        return self.band in "ps"


def make(project: str, stack: str, kind: str, name: str, band: str = "u") -> Mark:
    """Return the mark of a resource; `kind` is its type behind those of its parents, as in its URN."""
    return Mark(band, _hash(f"{project}/{stack}", 8), _hash(f"{kind}::{name}", 8))


def parse(text: str) -> Mark:
    """Read a mark as `str` spells it."""
    return Mark(*text.split("-"))


def is_mark(text: str) -> bool:
    """Tell whether a text is a mark, or the comment of a row that is nobody's."""
    return _IN_COMMENT.fullmatch(f"[isthmus:{text}]") is not None


def plain(text: str) -> str:
    """Return a mark without what it stands beside: so the places that name it do not change with it."""
    return str(parse(text)._replace(anchor="")) if is_mark(text) else text


def called(anchor: str) -> str:
    """Return the alias of the rows with a mark, or of the foreign row with a comment."""
    return parse(anchor).alias if is_mark(anchor) else alias(anchor)


def alias(text: str) -> str:
    """Return a short name of a row that others stand beside."""
    return _hash(text, 8)


@lru_cache(maxsize=65536)
def split(comment: str) -> tuple[str, Mark | None]:
    """Return the user's part of a comment, and the mark behind it if there is one."""
    found = _IN_COMMENT.search(comment)
    if found is None:
        return comment, None
    return comment[: found.start()], Mark(*found.groups(""))


def join(comment: str, mark: Mark) -> str:
    """Return the comment as it stands on the router."""
    return f"{comment} [isthmus:{mark}]" if comment else f"[isthmus:{mark}]"


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
