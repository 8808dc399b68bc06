"""The client's end of a router's control channel."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from isthmus_lab import names
from isthmus_lab.errors import LabError
from isthmus_lab.routeros.command import Result, Trap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from isthmus_lab.routeros.counters import Counts
    from isthmus_lab.routeros.faults import Where


@dataclass(frozen=True, slots=True)
class Control:
    """Asks a running router, by its control socket, what its API does not offer.

    Every method raises :class:`LabError` where no router answers or the request makes no sense.
    """

    socket: Path
    whose: str = "router"
    """What answers there, for messages."""

    @classmethod
    def of(cls, name: str) -> Self:
        """Find a router of yours that ``isthmus-lab router`` runs, by its name."""
        return cls(names.socket_of(name))

    def info(self) -> Mapping[str, Any]:
        """Say what the router is and where it listens."""
        about: dict[str, Any] = self.ask("info")
        return about

    def export(self) -> str:
        """Give the whole configuration as text: equal text means equal configuration."""
        text: str = self.ask("export")
        return text

    def execute(self, path: str, attributes: Mapping[str, str] | None = None, queries: Sequence[str] = ()) -> Result:
        """Run a command as the operator at the console would, allowed everything and not counted.

        ``path`` is written as in the API (``/ip/address/add``). A refusal by the router is a :class:`Trap`.
        """
        return Result(**self.ask("execute", path=path, attributes=dict(attributes or {}), queries=list(queries)))

    def counters(self) -> Counts:
        """Read what clients have cost since the start or the last reset."""
        counts: Counts = self.ask("counters")
        return counts

    def reset_counters(self) -> None:
        """Count from zero again."""
        self.ask("reset-counters")

    def cut(self, where: Where | str, nth: int = 1, path: str = "") -> None:
        """Cut the connection of the Nth sentence from now on whose path ends with ``path``; once.

        ``where`` is ``before``, ``executed``, ``within`` or ``after``: see :class:`Where`.
        """
        self.ask("cut", where=str(where), nth=nth, path=path)

    def delay(self, milliseconds: float) -> None:
        """Let every reply come so much later, as over a network with that round trip."""
        self.ask("delay", milliseconds=milliseconds)

    def drop(self) -> None:
        """Close every connection at once."""
        self.ask("drop")

    def refuse(self, *, refused: bool = True) -> None:
        """Close each new connection before a word is read, or stop doing so."""
        self.ask("refuse", refused=refused)

    def heal(self) -> None:
        """Take back every fault."""
        self.ask("heal")

    def advance(self, seconds: float) -> None:
        """Let time pass on the router's clock."""
        self.ask("advance", seconds=seconds)

    def save(self, path: Path) -> None:
        """Write the router's state to a file."""
        self.ask("save", path=str(path.absolute()))

    def shut_down(self) -> None:
        """Stop the router, and return when it has gone and its state is saved."""
        self.ask("shutdown", until_closed=True)

    def ask(self, operation: str, *, until_closed: bool = False, **arguments: Any) -> Any:
        """Perform an operation by its name and return its result."""
        request = json.dumps({operation: arguments}).encode() + b"\n"
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(self.socket))
                connection.sendall(request)
                with connection.makefile("rb") as replies:
                    reply = replies.readline()
                    if until_closed:
                        replies.read()
        except OSError as error:
            raise LabError(
                f"no {self.whose} answers at {self.socket} ({error.strerror or error}): is it running?"
            ) from error
        return _result(reply, self)


def _result(reply: bytes, control: Control) -> Any:
    if not reply:
        raise LabError(f"the {control.whose} at {control.socket} went away without a reply")
    try:
        told = json.loads(reply)
    except ValueError as error:
        raise LabError(f"what answers at {control.socket} is no {control.whose}") from error
    if "trap" in told:
        raise Trap(**told["trap"])
    if "error" in told:
        raise LabError(told["error"])
    return told["result"]
