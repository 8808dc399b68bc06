"""Faults of the line between a client and the router, injected by tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Where(StrEnum):
    """At which moment of a sentence the connection is cut."""

    BEFORE = "before"
    """It arrives, is not executed, and is not answered."""
    EXECUTED = "executed"
    """It is executed, and not answered: a killed client knows no more than this."""
    WITHIN = "within"
    """It is executed, and half the bytes of its answer are sent."""
    AFTER = "after"
    """It is executed and answered; nothing later is read."""


@dataclass(slots=True)
class Cut:
    """Cuts the connection at the Nth sentence from now on whose path ends as given; works once."""

    where: Where
    nth: int
    path: str

    def counts(self, path: str) -> bool:
        """Count a sentence, and tell whether it is the one."""
        if path.endswith(self.path):
            self.nth -= 1
        return self.nth == 0


class Faults:
    """What is wrong with the line just now: nothing, at first, but the delay it was made with.

    ``delay`` is the time in seconds that every reply comes late, as over a network with that round trip.
    ``refusing`` closes each new connection before a word is read.
    """

    def __init__(self, delay: float = 0.0) -> None:
        self._usual_delay = delay
        self.delay = delay
        self.refusing = False
        self._cuts: list[Cut] = []

    def cut(self, where: Where, nth: int = 1, path: str = "") -> Self:
        """Cut the connection of the Nth matching sentence, counted over all connections from now on."""
        if nth < 1:
            raise ValueError(f"nth is {nth}: sentences are counted from 1")
        self._cuts.append(Cut(where, nth, path))
        return self

    def heal(self) -> None:
        """Take back every fault."""
        self.delay = self._usual_delay
        self.refusing = False
        self._cuts.clear()

    def meets(self, path: str) -> Where | None:
        """Count a sentence with this path; tell where its connection is cut, if it is."""
        hit = [cut for cut in self._cuts if cut.counts(path)]
        self._cuts = [cut for cut in self._cuts if cut not in hit]
        return hit[0].where if hit else None
