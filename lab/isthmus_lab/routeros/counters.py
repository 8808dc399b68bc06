"""What clients cost: sentences, round trips, logins."""

from __future__ import annotations

from collections import Counter
from typing import TypedDict


class Counts(TypedDict):
    """A reading of the counters.

    ``sentences`` are all that were received, logins among them; ``paths`` tells them apart. A round trip begins with
    a sentence that arrives when the client has nothing unanswered and nothing half sent, so sentences sent at once
    are one. ``logins`` are those that succeeded, ``connections`` those accepted.
    """

    connections: int
    logins: int
    round_trips: int
    sentences: int
    paths: dict[str, int]


class Counters:
    """Counts over all connections since the start or the last reset."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Count from zero again."""
        self.connections = 0
        self.logins = 0
        self.round_trips = 0
        self._paths: Counter[str] = Counter()

    def sentence(self, path: str) -> None:
        """Count a sentence by its command word."""
        self._paths[path] += 1

    def read(self) -> Counts:
        """Give a copy of what was counted."""
        return Counts(
            connections=self.connections,
            logins=self.logins,
            round_trips=self.round_trips,
            sentences=self._paths.total(),
            paths=dict(sorted(self._paths.items())),
        )
