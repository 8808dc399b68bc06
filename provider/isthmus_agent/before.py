"""What was there before a change, and how it is put back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.bystanders import leave_alone
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds import Kind, Props, kind_named
from isthmus_agent.record import Entry, Record


@dataclass(frozen=True)
class Before:
    """An object as it was before a change, None if it was not there, and what the record said of it."""

    kind: str
    mark: str
    keys: Props
    actual: Props | None
    entry: Entry | None

    @classmethod
    def read(cls, noted: dict[str, Any]) -> Before:
        """Read one that was written as JSON."""
        entry = noted["entry"]
        return cls(**{**noted, "entry": Entry(**entry) if entry else None})


def undo(host: Host, record: Record, before: Sequence[Before]) -> None:
    """Put back what was there, last changed first; what cannot be put back does not keep the rest from it."""
    for each in reversed(before):
        try:
            _put_back(host, kind_named(each.kind), each)
        except (Refused, NetlinkError, OSError):
            continue
        finally:
            record.restore(each.mark, each.entry)
    record.save()
    with suppress(Refused, OSError):
        leave_alone(host, record)


def settle(host: Host, kind: Kind, actual: Props, wanted: Props, mark: str) -> None:
    """Change an object that is there until it is as wanted; '' as the mark takes it away."""
    different = {name: value for name, value in wanted.items() if actual.get(name) != value}
    if different or kind.owner(actual) != mark:
        kind.change(host, actual, different, mark)


def _put_back(host: Host, kind: Kind, before: Before) -> None:
    now = kind.find(host, before.keys)
    mark = before.mark if before.entry else ""
    if before.actual is None and now is not None:
        kind.remove(host, {**now, **before.keys})
    elif before.actual is None:
        kind.clear(host, before.keys)
    elif before.actual is not None and now is None:
        kind.make(host, before.actual, mark)
    elif before.actual is not None and now is not None:
        settle(host, kind, now, before.actual, mark)
