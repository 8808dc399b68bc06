"""What every network manager must be told when a bridge takes a port over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, ClassVar

from isthmus_agent.host import Host


@dataclass(frozen=True)
class Move:
    """A port that goes under a bridge, with the MAC address and MTU that both have.

    memory: what the manager must know to go on with it at boot, and to take it back.
    """

    port: str
    bridge: str
    address: str
    mtu: int
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What a manager would have written: new contents by path, and what it would remember."""

    files: dict[str, str]
    memory: dict[str, Any] = field(default_factory=dict)
    mode: str = "0644"


class Manager:
    """The program that configures a port at boot, and holds its lease.

    resolves: it tells systemd-resolved of a link's name servers, and keeps others from it.
    """

    name: ClassVar[str] = ""
    resolves: ClassVar[bool] = False

    def __init__(self, host: Host) -> None:
        self.host = host

    def manages(self, dev: str) -> bool:
        """Tell whether it configures a link."""
        return bool(self.place(dev))

    def place(self, dev: str) -> str:
        """Return where it is said that it configures a link, a file or a program; '' if it does not."""
        raise NotImplementedError

    def plan(self, move: Move) -> Plan:
        """Return what lets it configure the bridge at every boot as it did the port; nothing is changed yet.

        Refused names the file, the line and the remedy where that cannot be said safely.
        """
        raise NotImplementedError

    def moved(self, move: Move) -> None:
        """Let it configure the bridge from now on: its files are written, and addresses and routes have moved."""

    def resume(self, move: Move) -> None:
        """Let it configure the bridge that was made again, if it runs; at boot it is started later than we are."""

    def returned(self, move: Move) -> None:
        """Let it configure the port again: its files are as they were, and addresses and routes are back."""

    def leased(self, dev: str) -> Collection[str]:  # noqa: ARG002 - most are told by their lifetimes
        """Return the addresses that it leased for a link, as far as their lifetimes do not tell."""
        return ()
