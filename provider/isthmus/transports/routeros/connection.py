"""A session: one live login to a router that was verified."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus.transports.routeros.about import About
    from isthmus.transports.routeros.sentence import Command, Reply
    from isthmus.transports.routeros.wire import Wire


@dataclass(frozen=True, slots=True)
class Session:
    """One live login, used by one thread at a time.

    ``fingerprint`` is the certificate's pin, None without TLS. ``warnings`` are lines for the user.
    """

    wire: Wire = field(repr=False)
    about: About
    fingerprint: str | None = None
    warnings: tuple[str, ...] = ()

    def batch(self, commands: Sequence[Command]) -> list[Reply]:
        """Send commands, at most a hundred before their replies are awaited, and return their replies in order.

        A command that the router refuses has its words in ``Reply.error``. Raises ConnectionCut, after which the
        session is closed.
        """
        return self.wire.exchange(commands)

    @property
    def version(self) -> str:
        """The RouterOS version: ``7.16.1``."""
        return self.about.version

    @property
    def board(self) -> str:
        """The board's name: ``RB5009UG+S+``, ``CHR``."""
        return self.about.board

    @property
    def identity(self) -> str:
        """The name of ``/system/identity``."""
        return self.about.identity

    @property
    def serial(self) -> str:
        """The serial number, elsewhere the licence's software-id or system-id."""
        return self.about.serial

    @property
    def usable(self) -> bool:
        """Whether the router still holds the connection, as far as can be told without asking it."""
        return self.wire.is_idle()

    def close(self) -> None:
        """Log out by ending the connection."""
        self.wire.close()
