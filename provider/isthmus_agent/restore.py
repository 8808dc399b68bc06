"""Makes recorded objects again after a boot, in the order in which they were first made."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from isthmus_agent import guard
from isthmus_agent.before import FAILURES, settle
from isthmus_agent.host import Host
from isthmus_agent.kinds import Kind, kind_named
from isthmus_agent.kinds.kind import Outcome
from isthmus_agent.locking import alone
from isthmus_agent.record import Entry, Record
from isthmus_agent.survey import Survey

PATIENCE = 60
"""Seconds that a late restore waits for what others bring: a card's driver, a daemon's tunnel."""


def restore(host: Host, *, late: bool = False) -> int:
    """Make what is missing and mend what differs; returns how many objects could not be restored.

    An early restore leaves what is not possible yet to the late one, which waits for it.
    """
    with alone(host) as record:
        for name in guard.pending(host):
            guard.take_back(host, record, name)
        # Daemons go on first: what they change of ours, the next step mends.
        failed = _resume(host, record) if late or not Path("/run/systemd/system").exists() else 0
        failed += _restore(host, record, PATIENCE if late else 0)
    for netns in _namespaces(host):
        verb = ["restore", "--netns", netns, *(["--late"] if late else [])]
        failed += subprocess.run([sys.executable, "-I", sys.argv[0], *verb], check=False).returncode
    return failed if late else 0


def _namespaces(host: Host) -> list[str]:
    """Return the namespaces that are devices of their own; by now they are there again."""
    return [] if host.netns else sorted(path.parent.name for path in host.base.glob("netns/*/record.json"))


def _restore(host: Host, record: Record, patience: float) -> int:
    deadline = time.monotonic() + patience
    left = [entry for entry in record.entries() if not kind_named(entry.kind).survives(host)]
    while left:
        failures = _failures(host, left)
        left = [entry for entry in left if entry.mark in failures]
        if time.monotonic() >= deadline:
            break
        if left:
            time.sleep(1)
    for entry in left:
        print(f"{entry.kind} {kind_named(entry.kind).title(entry.props)}: {failures[entry.mark]}", file=sys.stderr)
    return len(left)


def _resume(host: Host, record: Record) -> int:
    """Let what is there go on with the daemons that run by now; returns how many could not."""
    failures = [reason for entry in record.entries() if (reason := _resumed(host, entry))]
    for reason in failures:
        print(reason, file=sys.stderr)
    return len(failures)


def _resumed(host: Host, entry: Entry) -> str:
    kind = kind_named(entry.kind)
    try:
        kind.resume(host, entry.props)
    except FAILURES as error:
        return f"{entry.kind} {kind.title(entry.props)}: {error}"
    return ""


def _failures(host: Host, entries: Sequence[Entry]) -> dict[str, str]:
    """Make what is missing and mend what differs; returns by mark why it could not be."""
    failures: dict[str, str] = {}
    for name, run in groupby(entries, key=lambda entry: entry.kind):
        failures.update(_run(host, kind_named(name), list(run)))
    return failures


def _run(host: Host, kind: Kind, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Restore entries of one kind, by one reading before and one after; yields marks and reasons."""
    before, missing = Survey(host), []
    for entry in entries:
        try:
            actual = before.find(entry.kind, entry.props)
            if actual is None:
                missing.append(entry)
            else:
                settle(host, kind, actual, entry.props, entry.mark)
        except FAILURES as failure:
            yield entry.mark, str(failure)
    for entry, outcome in zip(missing, _made(host, kind, missing)):
        if outcome is not None:
            yield entry.mark, str(outcome)


def _made(host: Host, kind: Kind, missing: Sequence[Entry]) -> Sequence[Outcome]:
    """Make entries, and compare what came of it with what is recorded."""
    if not missing:
        return []
    try:
        outcomes = list(kind.make_all(host, [(entry.props, entry.mark) for entry in missing]))
    except FAILURES as failure:
        return [failure] * len(missing)
    after = Survey(host)
    return [outcome or _compared(kind, after, entry) for entry, outcome in zip(missing, outcomes)]


def _compared(kind: Kind, after: Survey, entry: Entry) -> Outcome:
    try:
        actual = after.find(entry.kind, entry.props)
        if actual is not None:
            kind.check(actual, entry.props)
    except FAILURES as failure:
        return failure
    return None
