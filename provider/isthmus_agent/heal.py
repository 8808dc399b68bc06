"""Makes again what went with a link, or with an address, that was made anew: the kernel takes all that was on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import groupby

from isthmus_agent.before import FAILURES
from isthmus_agent.host import Host
from isthmus_agent.kinds import Kind, Props, kind_named
from isthmus_agent.record import Entry, Record
from isthmus_agent.survey import Survey


def heal(host: Host, record: Record, made: Collection[tuple[str, Props]], changed: Collection[str]) -> None:
    """Make what is recorded on links that were made anew, given by kind, but for the marks that a change is about.

    What cannot be made again yet is left to the next refresh, which shows it as gone.
    """
    links = {(props.get("netns") or "", props["name" if kind.startswith("link/") else "dev"]) for kind, props in made}
    standing = [entry for entry in record.entries() if entry.mark not in changed and _stands_on(entry, links)]
    for kind, run in groupby(standing, key=lambda entry: entry.kind):
        with suppress(*FAILURES):
            _make_missing(host, kind_named(kind), list(run))


def _make_missing(host: Host, kind: Kind, entries: Sequence[Entry]) -> None:
    survey, missing = Survey(host), []
    for entry in entries:
        with suppress(*FAILURES):
            if survey.find(entry.kind, entry.props) is None:
                missing.append((entry.props, entry.mark))
    for _ in kind.make_all(host, missing) if missing else ():
        pass


def _stands_on(entry: Entry, links: Collection[tuple[str, str]]) -> bool:
    """Tell whether an object names one of the links, as an address does; a route may name none."""
    netns = entry.props.get("netns") or ""
    named = [value for name, value in entry.props.items() if name not in {"name", "netns"} and isinstance(value, str)]
    if entry.kind == "route" and not entry.props.get("dev"):
        return any(netns == place for place, _ in links)
    return any((netns, value) in links for value in named)
