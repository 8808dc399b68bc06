"""Changes objects: finds or makes each, notes it first, and takes everything back if one is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.before import Before, settle, undo
from isthmus_agent.errors import Refused
from isthmus_agent.guard import Guard
from isthmus_agent.host import Host
from isthmus_agent.installed import install, tidy
from isthmus_agent.kinds import Kind, Props, kind_named
from isthmus_agent.record import Record


@dataclass(frozen=True)
class Wanted:
    """An object as it is to be: under whose mark, and whether one that is nobody's may be taken over.

    recorded: the keys that it was last seen under. former: what the state remembers of the time before us, for a
    host whose record is gone. keep: an adopted object that is let go stays as it is.
    """

    kind: str
    mark: str
    props: Props
    adopt: bool = False
    former: Props | None = None
    keep: bool = False


class Change:
    """Several objects changed as one: all of them, or none; with a guard, taken back unless confirmed."""

    def __init__(self, host: Host, record: Record, guard: Guard | None = None) -> None:
        self._host = host
        self._record = record
        self._guard = guard
        self._before: list[Before] = []

    def put(self, wanted: list[Wanted]) -> list[Props]:
        """Make or change objects; returns each as it is now, and what it was before it was ours."""
        for each in wanted:
            self._look(each)
        install(self._host)
        self._arm()
        self._record.save()
        return self._all(wanted, self._put)

    def drop(self, wanted: list[Wanted]) -> list[Props]:
        """Remove objects, last made first, or give adopted ones back as they were."""
        for each in wanted:
            kind = kind_named(each.kind)
            self._note(each, kind.find(self._host, each.props))
        self._arm()
        replies = self._all(wanted, self._drop)
        tidy(self._host, self._record)
        return replies

    def _arm(self) -> None:
        if self._guard is not None:
            self._guard.arm(self._before)

    def _all(self, wanted: list[Wanted], act: Any) -> list[Props]:
        try:
            replies = [self._named(each, before, act) for each, before in zip(wanted, self._before)]
        except BaseException:
            undo(self._host, self._record, self._before)
            raise
        self._record.save()
        return replies

    @staticmethod
    def _named(wanted: Wanted, before: Before, act: Any) -> Props:
        kind = kind_named(wanted.kind)
        with naming(wanted):
            return dict(act(kind, wanted, before))

    def _look(self, wanted: Wanted) -> None:
        """Find the object, say whose it is, and note that it is to be ours."""
        kind = kind_named(wanted.kind)
        with naming(wanted):
            actual = kind.find(self._host, wanted.props)
            before = self._note(wanted, actual)
            former = self._former(kind, wanted, before)
        self._record.note(wanted.mark, wanted.kind, wanted.props, former)

    def _note(self, wanted: Wanted, actual: Props | None) -> Before:
        keys = {name: wanted.props.get(name) for name in (*kind_named(wanted.kind).keys, "netns")}
        before = Before(wanted.kind, wanted.mark, keys, actual, self._record.get(wanted.mark))
        self._before.append(before)
        return before

    def _former(self, kind: Kind, wanted: Wanted, before: Before) -> Props | None:
        """Return what the object was before it was ours; Refused if it is another's."""
        if before.actual is None:
            return None
        if before.entry is not None:
            return before.entry.former
        if kind.owner(before.actual) == wanted.mark or wanted.former is not None:
            return wanted.former
        other = self._owner(kind, before.actual)
        if other and other != wanted.mark:
            raise Refused(f"belongs to another resource (marked {other}): remove one of the two declarations")
        if not (wanted.adopt or kind.standing):
            raise Refused("exists already and is nobody's: remove it, or take it over with adopt=True")
        return before.actual

    def _owner(self, kind: Kind, actual: Props) -> str:
        noted = (entry for entry in self._record.entries() if kind_named(entry.kind) is kind)
        found = next((entry.mark for entry in noted if kind.same_key(actual, entry.props)), "")
        return kind.owner(actual) or found

    def _put(self, kind: Kind, wanted: Wanted, before: Before) -> Props:
        if before.actual is None:
            kind.make(self._host, wanted.props, wanted.mark)
        else:
            settle(self._host, kind, before.actual, wanted.props, wanted.mark)
        actual = kind.find(self._host, wanted.props)
        if actual is None:
            raise Refused("was made but is not there: look at the host's log")
        entry = self._record.get(wanted.mark)
        return {"actual": actual, "former": entry.former if entry else None}

    def _drop(self, kind: Kind, wanted: Wanted, before: Before) -> Props:
        former = before.entry.former if before.entry else wanted.former
        self._record.restore(wanted.mark, None)
        if before.actual is None or (wanted.keep and former is not None):
            return {}
        if former is None:
            kind.remove(self._host, before.actual)
        else:
            settle(self._host, kind, before.actual, former, "")
        return {}


@contextmanager
def naming(wanted: Wanted) -> Iterator[None]:
    """Let every refusal begin with the object and its property."""
    title = f"{wanted.kind} {kind_named(wanted.kind).title(wanted.props)}"
    try:
        yield
    except Refused as refused:
        where = f"{title}: {refused.word}" if refused.word else title
        raise Refused(f"{where}: {refused.reason}") from None
    except NetlinkError as error:
        raise Refused(f"{title}: the kernel refuses: {os.strerror(error.code)}") from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise Refused(f"{title}: {place}{error.strerror or error}") from None
