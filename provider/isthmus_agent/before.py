"""What was there before a change, and how it is put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.bystanders import leave_alone
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds import Kind, Props, kind_named
from isthmus_agent.kinds.kind import Outcome
from isthmus_agent.record import Entry, Record
from isthmus_agent.survey import Survey

FAILURES = (Refused, NetlinkError, OSError)
"""What a host may answer to a change."""


@dataclass(frozen=True)
class Before:
    """An object as it was before a change, None if it was not there, and what the record said of it."""

    kind: str
    mark: str
    keys: Props
    actual: Props | None
    entry: Entry | None

    @property
    def owner(self) -> str:
        """The mark that the object carried."""
        return self.mark if self.entry else ""

    @classmethod
    def read(cls, noted: dict[str, Any]) -> Before:
        """Read one that was written as JSON."""
        entry = noted["entry"]
        return cls(**{**noted, "entry": Entry(**entry) if entry else None})


def undo(host: Host, record: Record, before: Sequence[Before]) -> None:
    """Put back what was there, last changed first; what cannot be put back does not keep the rest from it."""
    for kind, run in groupby(reversed(before), key=lambda each: each.kind):
        _put_back(host, kind_named(kind), list(run))
    for each in reversed(before):
        record.restore(each.mark, each.entry)
    record.save()
    with suppress(Refused, OSError):
        leave_alone(host, record)


def settle(host: Host, kind: Kind, actual: Props, wanted: Props, mark: str) -> None:
    """Change an object that is there until it is as wanted; '' as the mark takes it away."""
    for outcome in settle_all(host, kind, [(actual, wanted, mark)]):
        if outcome is not None:
            raise outcome


def settle_all(host: Host, kind: Kind, wanted: Sequence[tuple[Props, Props, str]]) -> Iterator[Outcome]:
    """Change objects that are there until each is as wanted; tells of each what became of it, as it goes on."""
    different = [
        {name: value for name, value in props.items() if there.get(name) != value} for there, props, _ in wanted
    ]
    changed = [bool(new) or kind.owner(there) != mark for (there, _, mark), new in zip(wanted, different)]
    changes = [(there, new, mark) for (there, _, mark), new, yes in zip(wanted, different, changed) if yes]
    outcomes = iter(kind.change_all(host, changes) if changes else ())
    return (next(outcomes) if yes else None for yes in changed)


def _put_back(host: Host, kind: Kind, before: Sequence[Before]) -> None:
    """Put back objects of one kind, found by one reading: some are to go, some to come, some to change."""
    survey = Survey(host)
    found = [(each, now) for each in before for now in _now(survey, each)]
    doomed = [{**now, **each.keys} for each, now in found if each.actual is None and now is not None]
    missing = [(each.actual, each.owner) for each, now in found if each.actual is not None and now is None]
    with suppress(*FAILURES):
        _run_through(kind.remove_all(host, doomed) if doomed else ())
    with suppress(*FAILURES):
        _run_through(kind.make_all(host, missing) if missing else ())
    for each, now in found:
        with suppress(*FAILURES):
            _mend(host, kind, each, now)


def _now(survey: Survey, before: Before) -> list[Props | None]:
    """Return the object as it is now, nothing at all where that cannot be told."""
    try:
        return [survey.find(before.kind, before.keys)]
    except FAILURES:
        return []


def _mend(host: Host, kind: Kind, before: Before, now: Props | None) -> None:
    if before.actual is None and now is None:
        kind.clear(host, before.keys)
    elif before.actual is not None and now is not None:
        settle(host, kind, now, before.actual, before.owner)


def _run_through(outcomes: Iterable[object]) -> None:
    """Let kinds that go on only as they are asked do all."""
    for _ in outcomes:
        pass
