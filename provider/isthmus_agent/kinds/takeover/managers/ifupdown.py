"""ifupdown: Debian's classic, which configures links by the stanzas of /etc/network/interfaces."""

from __future__ import annotations

import fcntl
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from isthmus_agent.kinds.takeover.managers import dhcp, interfaces
from isthmus_agent.kinds.takeover.managers.clients import leases
from isthmus_agent.kinds.takeover.managers.interfaces import Line
from isthmus_agent.kinds.takeover.managers.manager import Manager, Move, Plan
from isthmus_agent.kinds.takeover.managers.stanza import option, refused
from isthmus_agent.kinds.takeover.managers.startup import active
from isthmus_agent.programs import attempt, present

STATE = Path("/run/network/ifstate")
"""What is up: a line `eth0=eth0` for each (ifup(8))."""
_IDLE = ("manual", "loopback")
_METHODS = {"inet": ("static", "dhcp", *_IDLE), "inet6": ("static", "dhcp", "auto", *_IDLE)}


class Ifupdown(Manager):
    """ifupdown, whose stanzas of the port become those of the bridge.

    The first of them also makes the bridge where it is missing, so that the host comes up without us too.
    """

    name: ClassVar[str] = "ifupdown"

    def place(self, dev: str) -> str:
        """Return the stanza that gives the link addresses, if it is brought up."""
        if present("ifup") is None:
            return ""
        lines = list(interfaces.lines())
        heads = [line for line in lines if _is_head(line, dev)]
        named = any(line.sort == "names" and (line.names(dev) or line.covers(dev)) for line in lines)
        found = next((line.place for line in heads if line.words[3] not in _IDLE), "")
        return found if named or (found and dev in _up()) else ""

    def plan(self, move: Move) -> Plan:
        """Return the files with the bridge's name in place of the port's."""
        lines = list(interfaces.lines())
        for line in lines:
            _refuse_exotic(line, move)
        changed = {line.path for line in lines if _about(line, move.port)}
        rewriter = _Rewriter(lines, move)
        return Plan({str(path): rewriter.written(path) for path in changed})

    def moved(self, move: Move) -> None:
        """Let ifupdown know that the bridge is up, and lease what it leased for the port."""
        self._move(move, move.port, move.bridge)

    def resume(self, move: Move) -> None:
        """Bring the bridge up as a boot does; early in one, ifupdown does so itself, later."""
        if active("networking.service") and move.bridge not in _up():
            attempt("ifup", move.bridge)

    def returned(self, move: Move) -> None:
        """Let ifupdown know that the port is up, and lease what it leased for the bridge."""
        self._move(move, move.bridge, move.port)

    def leased(self, dev: str) -> Collection[str]:
        """Return the addresses of the clients that it started."""
        return leases(self.host, dev)

    @staticmethod
    def _move(move: Move, dev: str, other: str) -> None:
        """Rename what is up. `ifdown` and `ifup` would take off what has just been moved."""
        _rename(dev, other)
        addresses = move.memory.get("leased") or [""]
        for client in dhcp.running(dev):
            command = [client.program, *client.arguments]
            dhcp.stop(client)
            dhcp.take_leases(command, dev, other)
            dhcp.start(dhcp.renamed(command, dev, other), other, addresses[0])


def _is_head(line: Line, dev: str) -> bool:
    return line.sort == "iface" and line.names(dev) and len(line.words) > 3  # noqa: PLR2004 - name, family, method


def _about(line: Line, dev: str) -> bool:
    return line.sort in ("names", "iface") and line.names(dev)


def _refuse_exotic(line: Line, move: Move) -> None:
    """Refuse what cannot be rewritten safely."""
    if line.sort in ("names", "iface", "mapping") and line.covers(move.port):
        raise refused(line, f"means {move.port} by a pattern", f"write a stanza `iface {move.port} ...` of its own")
    if line.sort == "iface" and line.names(move.bridge):
        raise refused(line, "configures a link with the bridge's name", "remove it, or name the bridge otherwise")
    if line.sort == "mapping" and line.names(move.port):
        raise refused(line, f"chooses between configurations of {move.port}", "leave one of them, without mapping")
    if line.sort == "iface" and line.names(move.port):
        _refuse_head(line)


def _refuse_head(line: Line) -> None:
    if len(line.words) != 4:  # noqa: PLR2004 - iface, name, family, method
        raise refused(
            line, "is no plain stanza", "write `iface NAME FAMILY METHOD`, with the inherited options below it"
        )
    family, method = line.words[2:]
    if method not in _METHODS.get(family, ()):
        known = ", ".join(f"{name} {'|'.join(methods)}" for name, methods in _METHODS.items())
        raise refused(line, f"{family} {method} cannot be moved to a bridge", f"use one of {known}")


class _Rewriter:
    """Writes stanzas of the port as those of the bridge; idle ones stay with the card, as what is the card's alone."""

    def __init__(self, lines: Sequence[Line], move: Move) -> None:
        self._lines = lines
        self._move = move
        heads = [line for line in lines if line.sort == "iface" and line.names(move.port)]
        self._idle = {line.words[1] for line in heads if line.words[3] in _IDLE}
        self._first = next(line for line in heads if line.words[3] not in _IDLE)
        self._moves = True

    def written(self, path: Path) -> str:
        return "".join(self._line(line) for line in self._lines if line.path == path)

    def _line(self, line: Line) -> str:
        move = self._move
        if line.sort == "names" and line.names(move.port):
            kept = f"{move.port} " if move.port in self._idle else ""
            return dhcp.word_of(move.port).sub(kept + move.bridge, line.text)
        if line.sort == "iface" and line.names(move.port):
            self._moves = line.words[3] not in _IDLE
            text = dhcp.word_of(move.port).sub(move.bridge, line.text) if self._moves else line.text
            return text + _making(move) if line is self._first else text
        ours = line.sort == "option" and line.stanza.partition(":")[0] == move.port
        return option(line, move) if ours and self._moves else line.text


def _making(move: Move) -> str:
    """Return the commands that make the bridge where nobody has; both do nothing where it is there."""
    make = f"ip link add dev {move.bridge} address {move.address} mtu {move.mtu} type bridge forward_delay 0"
    return (
        "    # Made by Isthmus, and taken back with the bridge.\n"
        f"    pre-up ip link show dev {move.bridge} >/dev/null 2>&1 || {make}\n"
        f"    pre-up ip link set dev {move.port} master {move.bridge} up\n"
    )


def _up() -> set[str]:
    try:
        return {line.partition("=")[0] for line in STATE.read_text().splitlines()}
    except OSError:
        return set()


def _rename(dev: str, other: str) -> None:
    """Rename a link, and its labels, in what is up, as its own programs lock it."""
    with suppress(FileNotFoundError), STATE.with_name(".ifstate.lock").open("a") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        STATE.write_text("".join(_renamed(STATE.read_text().splitlines(keepends=True), dev, other)))
        for path in sorted(STATE.parent.glob(f"ifstate.{dev}")):
            STATE.with_name(f"ifstate.{other}").write_text(dhcp.word_of(dev).sub(other, path.read_text()))
            path.write_text("")


def _renamed(lines: Iterable[str], dev: str, other: str) -> list[str]:
    return [dhcp.word_of(dev).sub(other, line) if line.partition("=")[0] == dev else line for line in lines]
