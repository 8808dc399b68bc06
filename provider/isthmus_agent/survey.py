"""What is on the host, by one reading of a kind and namespace for any number of objects."""

from __future__ import annotations

from typing import Any

from isthmus_agent.host import Host
from isthmus_agent.kinds import Props, kind_named


class Survey:
    """One look at the host; of what changes later it knows nothing."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._seen: dict[tuple[Any, ...], dict[tuple[Any, ...], Props]] = {}

    def find(self, name: str, wanted: Props) -> Props | None:
        """Return the object with the keys of `wanted`, None if it is not there."""
        kind = kind_named(name)
        if not kind.bulk:
            return kind.find(self._host, wanted)
        netns, part = wanted.get("netns") or "", kind.portion(wanted)
        place = (name, netns, *part.values())
        if place not in self._seen:
            listed = kind.list_portion(self._host, netns, part)
            self._seen[place] = {kind.key(actual): actual for actual in reversed(listed)}
        return self._seen[place].get(kind.key(wanted))
