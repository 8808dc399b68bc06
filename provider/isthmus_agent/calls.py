"""What the agent can be asked: each call is a function here, its arguments and answer plain JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from isthmus_agent import guard as guards
from isthmus_agent.about import abilities, about
from isthmus_agent.changes import Change, Wanted, naming
from isthmus_agent.guard import Guard
from isthmus_agent.host import Host
from isthmus_agent.installed import tidy
from isthmus_agent.kinds import kind_named
from isthmus_agent.locking import alone


def read(host: Host, kind: str, netns: str = "") -> list[dict[str, Any]]:
    """Return all objects of a kind in a namespace."""
    return kind_named(kind).list(host, netns)


def look(host: Host, kind: str, props: dict[str, Any]) -> dict[str, Any] | None:
    """Return one object of a kind that cannot be listed, by its keys."""
    with naming(Wanted(kind, "", props)):
        return kind_named(kind).look(host, props)


def put(host: Host, objects: list[dict[str, Any]], guard: float = 0) -> dict[str, Any]:
    """Make or change objects, all or none. With a guard they are taken back after so many seconds, unless confirmed."""
    return _change(host, guard, lambda change: change.put([Wanted(**each) for each in objects]))


def drop(host: Host, objects: list[dict[str, Any]], guard: float = 0) -> dict[str, Any]:
    """Remove objects, or give them back, all or none, guarded likewise."""
    return _change(host, guard, lambda change: change.drop([Wanted(**each) for each in objects]))


def exchange(host: Host, gone: list[dict[str, Any]], objects: list[dict[str, Any]], guard: float = 0) -> dict[str, Any]:
    """Remove objects and make or change others as one change, guarded likewise; answers as `put` does."""
    return _change(
        host,
        guard,
        lambda change: change.exchange([Wanted(**each) for each in gone], [Wanted(**each) for each in objects]),
    )


def confirm(host: Host, name: str) -> bool:
    """Let a guarded change stand; False if it was taken back already."""
    with alone(host) as record:
        stands = guards.confirm(host, name)
        tidy(host, record)
        return stands


CALLS: dict[str, Callable[..., Any]] = {
    call.__name__: call for call in (about, abilities, read, look, put, drop, exchange, confirm)
}


def _change(host: Host, seconds: float, make: Callable[[Change], list[dict[str, Any]]]) -> dict[str, Any]:
    guard = Guard(host, seconds) if seconds else None
    with alone(host) as record:
        return {"objects": make(Change(host, record, guard)), "guard": guard.name if guard and guard.armed else ""}
