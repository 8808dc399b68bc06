"""The operations of a router's control channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field

from isthmus_lab.routeros.command import Command
from isthmus_lab.routeros.counters import Counts
from isthmus_lab.routeros.faults import Where
from isthmus_lab.routeros.users import User

if TYPE_CHECKING:
    from isthmus_lab.routeros.server import Server
    from isthmus_lab.routeros.session import Line

OPERATOR: Final = User(
    "admin", frozenset(("api", "local", "password", "policy", "read", "reboot", "sensitive", "sniff", "test", "write"))
)
"""Who sits at the console: allowed everything, whatever becomes of the users in the configuration."""

_HOUR = 3_600_000
"""In milliseconds."""
_CENTURY = 100 * 365 * 86_400
"""In seconds."""


@dataclass(frozen=True, slots=True)
class Operations:
    """What can be asked of a running router, apart from what its API offers.

    ``about`` describes it (name, version, where it listens); ``shut_down`` asks whoever runs it to end it.
    """

    line: Line
    server: Server
    about: Callable[[], Mapping[str, Any]]
    shut_down: Callable[[], None]

    def table(self) -> Mapping[str, Callable[..., Any]]:
        """List the operations by name."""
        return {
            "info": self.info,
            "export": self.export,
            "save": self.save,
            "execute": self.execute,
            "counters": self.counters,
            "reset-counters": self.reset_counters,
            "cut": self.cut,
            "delay": self.delay,
            "drop": self.server.drop_all,
            "refuse": self.refuse,
            "heal": self.line.faults.heal,
            "advance": self.advance,
            "shutdown": self.shut_down,
        }

    def info(self) -> Mapping[str, Any]:
        """Say what this router is and where it listens."""
        return self.about()

    def export(self) -> str:
        """Give the whole configuration as text."""
        return self.line.router.export()

    def save(self, path: str) -> None:
        """Write the state to a file."""
        self.line.router.save(Path(path))

    def execute(
        self, path: str, attributes: Mapping[str, str] | None = None, queries: Sequence[str] = ()
    ) -> Mapping[str, Any]:
        """Run one command as the operator at the console would."""
        result = self.line.router.execute(OPERATOR, Command(path, attributes or {}, tuple(queries)))
        return {"rows": [dict(row) for row in result.rows], "ret": result.ret}

    def counters(self) -> Counts:
        """Read what was counted."""
        return self.line.counters.read()

    def reset_counters(self) -> None:
        """Count from zero again."""
        self.line.counters.reset()

    def cut(self, where: str, nth: int = 1, path: str = "") -> None:
        """Cut the connection of the Nth sentence from now on whose path ends as given."""
        self.line.faults.cut(Where(where), nth, path)

    def delay(self, milliseconds: Annotated[float, Field(ge=0, le=_HOUR)]) -> None:
        """Let every reply come so much later."""
        self.line.faults.delay = milliseconds / 1000

    def refuse(self, *, refused: bool = True) -> None:
        """Close each new connection before a word is read, or stop doing so."""
        self.line.faults.refusing = refused

    def advance(self, seconds: Annotated[float, Field(ge=0, le=_CENTURY)]) -> None:
        """Let time pass on the router's clock."""
        self.line.router.advance(seconds)
