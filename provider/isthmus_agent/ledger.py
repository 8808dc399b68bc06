"""Small notes of single kinds beside the record, about what a host itself does not tell: who installed a package."""

from __future__ import annotations

import json
from typing import Any

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.record import write_lasting


class Ledger:
    """A file of notes, one for the whole machine; it goes with the last object that is ours."""

    def __init__(self, host: Host, name: str) -> None:
        self._path = host.base / f"{name}.json"

    def read(self) -> dict[str, Any]:
        """Return all notes."""
        try:
            notes = json.loads(self._path.read_text())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise Refused(f"the agent's notes {self._path} cannot be read ({error}); move them away") from None
        return dict(notes)

    def write(self, notes: dict[str, Any]) -> None:
        """Replace all notes, lastingly."""
        try:
            write_lasting(self._path, json.dumps(notes, separators=(",", ":"), sort_keys=True))
        except OSError as error:
            raise Refused(f"the agent's notes {self._path} cannot be written: {error.strerror}") from None
