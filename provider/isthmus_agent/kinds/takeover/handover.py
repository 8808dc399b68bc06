"""Hands a port's configuration at boot over to the bridge, and back: files are written and restored byte for byte.

What was in them is noted first, beside the record, so that a killed takeover is taken back with its files.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.file import File
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.takeover.managers import Manager, Move, Plan, manager_named, manager_of
from isthmus_agent.ledger import Ledger

_LEDGER = "takeovers"
_BODY = "content_base64"


class Handover:
    """A port's manager, and the files that make it the bridge's.

    former: what the files were, None where there was none. again: the bridge was had before, as at boot.
    """

    def __init__(
        self, manager: Manager, move: Move, former: Mapping[str, Props | None], *, again: bool, mode: str = "0644"
    ) -> None:
        self._manager = manager
        self._move = move
        self._former = dict(former)
        self._again = again
        self._mode = mode
        self._new: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The manager's name."""
        return self._manager.name

    @property
    def resolves(self) -> bool:
        """Whether the manager itself tells systemd-resolved of the link's name servers."""
        return self._manager.resolves

    def write(self) -> None:
        """Note what the files were, and write them."""
        if self._again:
            return
        self._note({path: _encoded(text) for path, text in self._new.items()})
        for path, text in self._new.items():
            _put(self._manager.host, {"path": path, _BODY: _encoded(text)}, self._mode)

    def moved(self) -> None:
        """Let the manager configure the bridge, now that addresses and routes have moved."""
        if self._again:
            self._manager.resume(self._move)
        else:
            self._manager.moved(self._move)

    def resume(self) -> None:
        """Let the manager go on with the bridge, late in a boot."""
        self._manager.resume(self._move)

    def refuse_changed(self) -> None:
        """Raise Refused if a person changed the files meanwhile: what they were cannot be put back safely."""
        written = Ledger(self._manager.host, _LEDGER).read()[self._move.bridge]["written"]
        for path, body in written.items():
            now = _read(self._manager.host, path)
            if now is not None and now[_BODY] not in (body, (self._former[path] or {}).get(_BODY)):
                remedy = f"put back what stood there for {self._move.bridge}, or remove the file"
                raise Refused(f"{path} was changed by hand since the takeover: {remedy}, and try again", "manager")

    def restore(self) -> None:
        """Put the files back as they were."""
        for path, former in self._former.items():
            if former is None:
                File().remove(self._manager.host, {"path": path})
            else:
                _put(self._manager.host, former, str(former["mode"]))

    def returned(self) -> None:
        """Let the manager configure the port, now that addresses and routes are back; then forget all of it."""
        self._manager.returned(self._move)
        self.forget()

    def forget(self) -> None:
        """Forget what the files were."""
        ledger = Ledger(self._manager.host, _LEDGER)
        ledger.write({bridge: note for bridge, note in ledger.read().items() if bridge != self._move.bridge})

    def _note(self, written: Mapping[str, str]) -> None:
        ledger = Ledger(self._manager.host, _LEDGER)
        note = {"manager": self.name, "move": asdict(self._move), "former": self._former, "written": dict(written)}
        ledger.write({**ledger.read(), self._move.bridge: note})

    @classmethod
    def planned(cls, manager: Manager, move: Move, plan: Plan) -> Handover:
        """Return one that is new."""
        leased = sorted(manager.leased(move.port))
        move = Move(move.port, move.bridge, move.address, move.mtu, {**plan.memory, "leased": leased})
        former = {path: _read(manager.host, path) for path in plan.files}
        handover = cls(manager, move, former, again=False, mode=plan.mode)
        handover._new = dict(plan.files)
        return handover


def plan(host: Host, netns: str, move: Move) -> Handover | None:
    """Return what hands a port's configuration over, None where nobody configures it; Refused where that is unsafe."""
    known = noted(host, netns, move.bridge)
    if known is not None:
        return known
    manager = manager_of(host, netns, move.port)
    return None if manager is None else Handover.planned(manager, move, manager.plan(move))


def noted(host: Host, netns: str, bridge: str) -> Handover | None:
    """Return the handover of a bridge that was had before, None if nobody configured its port."""
    note: dict[str, Any] = {} if netns or host.netns else Ledger(host, _LEDGER).read().get(bridge) or {}
    manager = manager_named(host, str(note.get("manager"))) if note else None
    if manager is None:
        return None
    return Handover(manager, Move(**note["move"]), note["former"], again=True)


def manager_name(host: Host, netns: str, bridge: str) -> str:
    """Return the name of the manager that has a bridge, '' for nobody."""
    known = noted(host, netns, bridge)
    return known.name if known else ""


def managers(host: Host) -> dict[str, str]:
    """Return the managers that have bridges, by bridge."""
    return {bridge: str(note["manager"]) for bridge, note in Ledger(host, _LEDGER).read().items()}


def leased(host: Host, netns: str, bridge: str) -> Collection[str]:
    """Return addresses of a bridge that its manager leased, as far as their lifetimes do not tell."""
    known = noted(host, netns, bridge)
    return known._manager.leased(bridge) if known else ()  # noqa: SLF001 - of this module


def _read(host: Host, path: str) -> Props | None:
    return File().find(host, {"path": path, _BODY: "any"})


def _put(host: Host, props: Props, mode: str) -> None:
    now = _read(host, props["path"])
    if now is None:
        File().make(host, {"mode": mode, **props}, "")
        return
    different = {name: value for name, value in props.items() if now.get(name) != value}
    if different:
        File().change(host, now, different, "")


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
