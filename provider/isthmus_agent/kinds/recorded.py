"""Kinds that are too many to list, or of which a host has all: only those that are ours are listed."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Props
from isthmus_agent.record import Record


class Recorded(Kind):
    """A kind whose `list` returns what the record names; `find` must be given by the subclass.

    kind: its name in `isthmus_agent.kinds.KINDS`.
    """

    kind: ClassVar[str]

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return the recorded objects that are there; one that cannot be read is left to its own reading."""
        ours = [entry.props for entry in Record(host.home).entries() if entry.kind == self.kind]
        shown = []
        for props in ours:
            with suppress(Refused, OSError):
                shown.append(self.look(host, props) if (props.get("netns") or "") == netns else None)
        return [props for props in shown if props is not None]

    def same_key(self, actual: Props, wanted: Props) -> bool:
        """Tell whether two objects have the same key; a namespace that is not named is the host's own."""
        return all((actual.get(name) or "") == (wanted.get(name) or "") for name in self.keys)
