"""One Linux host as the resources of a run share it: its snapshots, and its changes, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from isthmus.devices import LinuxDevice
from isthmus.engine.version import Version, parse
from isthmus.errors import ConnectionCut
from isthmus.transact import proof
from isthmus.transports.linux import Call, Pool

Props = dict[str, Any]


class Host:
    """A Linux device of this run. One reading of a kind serves every refresh of it (`snapshot`)."""

    def __init__(self, device: LinuxDevice, pool: Pool, config: Mapping[str, str]) -> None:
        self.device = device
        self.name = device.name
        self._pool = pool
        self._config = config
        self._snapshots: dict[tuple[str, str], list[Props]] = {}
        self._reading: dict[tuple[str, str], threading.Lock] = {}
        self._guard = threading.Lock()
        self.changing = threading.RLock()

    @property
    def version(self) -> Version:
        """The kernel's version."""
        return parse(str(self.about["kernel"]))

    @property
    def about(self) -> Props:
        """What the host told of itself; what differs from the lock file is said once."""
        with self._pool.session(self.device, self._config) as session:
            warnings, session.warnings = session.warnings, ()
            for warning in warnings:
                print(f"warning: {warning}", flush=True)
            return dict(session.about)

    def call(self, name: str, **arguments: Any) -> Any:
        """Ask the agent one thing. Raises Refusal with what the host refuses."""
        return self.calls([Call(name, arguments)])[0]

    def calls(self, calls: Sequence[Call]) -> list[Any]:
        """Ask the agent several things in one round trip."""
        with self._pool.session(self.device, self._config) as session:
            return session.calls(calls)

    def snapshot(self, kind: str, netns: str = "") -> list[Props]:
        """Return all objects of a kind as first read since this run last changed one of them."""
        place = (kind, netns)
        with self._guard:
            reading = self._reading.setdefault(place, threading.Lock())
        with reading:
            if place not in self._snapshots:
                self._snapshots[place] = self.call("read", kind=kind, netns=netns)
            return self._snapshots[place]

    def prefetch(self, places: Iterable[tuple[str, str]]) -> None:
        """Read several kinds in their namespaces in one round trip, for the snapshots that follow."""
        wanted = [place for place in dict.fromkeys(places) if place not in self._snapshots]
        if wanted:
            calls = [Call("read", {"kind": kind, "netns": netns}) for kind, netns in wanted]
            self._snapshots.update(zip(wanted, self.calls(calls), strict=True))

    def put(self, objects: Sequence[Props], *, cuts: bool = False) -> list[Props]:
        """Make or change objects, all or none; returns each as it is, and what it was before it was ours.

        With `cuts`, the host takes the change back by itself unless a fresh login proves that it is still reached.
        """
        return self._change("put", cuts=cuts, objects=list(objects))

    def drop(self, objects: Sequence[Props], *, cuts: bool = False) -> None:
        """Remove objects or give them back, all or none, guarded likewise."""
        self._change("drop", cuts=cuts, objects=list(objects))

    def exchange(self, gone: Sequence[Props], objects: Sequence[Props], *, cuts: bool = False) -> list[Props]:
        """Remove objects and make or change others as one change, guarded likewise; answers as `put` does."""
        return self._change("exchange", cuts=cuts, gone=list(gone), objects=list(objects))

    def _change(self, verb: str, *, cuts: bool, **arguments: list[Props]) -> list[Props]:
        guarded = cuts and self.device.connection == "ssh"
        seconds = self.device.guard
        with self.changing:
            try:
                answer = self.call(verb, **arguments, guard=seconds if guarded else 0)
            except ConnectionCut as cut:
                raise (proof.lost(self.device, cut, seconds) if guarded else cut) from None
            finally:
                self._snapshots.clear()
            if answer["guard"]:
                proof.prove(self.device, self._config, str(answer["guard"]), seconds)
        return list(answer["objects"])
