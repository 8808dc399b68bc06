"""What passes between a session and the router: a command, its result, or a trap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Command:
    """One API sentence, taken apart.

    ``path`` is the first word, normalised to slashes (``/ip/address/add``). ``attributes`` holds the ``=name=value``
    words in order, and the API's own ``.id`` and ``.proplist`` among them. ``queries`` holds the ``?`` words without
    their question mark.
    """

    path: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    queries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a command gives: rows (one ``!re`` each) and the ``=ret=`` of its ``!done``."""

    rows: Sequence[Mapping[str, str]] = ()
    ret: str | None = None


class Trap(Exception):  # noqa: N818 - RouterOS's own word
    """A ``!trap``: the router refuses the command.

    ``following`` is a second trap that the router sends right after the first, before its ``!done``.
    """

    def __init__(self, message: str, category: int | None = None, *, following: Trap | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.category = category
        self.following = following
