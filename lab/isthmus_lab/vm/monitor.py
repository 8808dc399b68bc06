"""QEMU's monitor: what can be asked of a virtual machine that runs (QEMU Machine Protocol)."""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from isthmus_lab.errors import LabError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NETWORK = "m0"
"""The name of the user network whose forwards are managed here."""


@dataclass(frozen=True, slots=True)
class Monitor:
    """Asks QEMU through its socket; each request is a connection of its own.

    Every method raises :class:`LabError` where QEMU does not answer or refuses.
    """

    socket: Path
    seconds: float = 30

    def forward(self, host_port: int, guest_port: int) -> None:
        """Let connections to a port of 127.0.0.1 here reach a port of the virtual machine."""
        self._human(f"hostfwd_add {NETWORK} tcp:127.0.0.1:{host_port}-10.0.2.15:{guest_port}")

    def withdraw(self, host_port: int) -> None:
        """End a forward."""
        refused = self._answer(f"hostfwd_remove {NETWORK} tcp:127.0.0.1:{host_port}")
        if "removed" not in refused:
            raise LabError(f"the virtual machine keeps its port {host_port}: {refused.strip()}")

    def quit(self) -> None:
        """Let QEMU end at once."""
        self._ask("quit")

    def _human(self, line: str) -> None:
        if refused := self._answer(line).strip():
            raise LabError(f"the virtual machine refuses {line!r}: {refused}")

    def _answer(self, line: str) -> str:
        answer: str = self._ask("human-monitor-command", {"command-line": line})
        return answer

    def _ask(self, execute: str, arguments: dict[str, Any] | None = None) -> Any:
        try:
            with self._opened() as stream:
                _request(stream, "qmp_capabilities", {})
                return _request(stream, execute, arguments or {})
        except (OSError, EOFError, ValueError) as error:
            raise LabError(f"the virtual machine does not answer at {self.socket}: {error}") from error

    @contextmanager
    def _opened(self) -> Iterator[IO[str]]:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(self.seconds)
            connection.connect(str(self.socket))
            with connection.makefile("rw") as stream:
                stream.readline()
                yield stream


def _request(stream: IO[str], execute: str, arguments: dict[str, Any]) -> Any:
    stream.write(json.dumps({"execute": execute, "arguments": arguments}) + "\n")
    stream.flush()
    for line in stream:
        reply = json.loads(line)
        if "return" in reply:
            return reply["return"]
        if "error" in reply:
            raise LabError(f"the virtual machine refuses {execute}: {reply['error']['desc']}")
    raise EOFError("it closed the connection")
