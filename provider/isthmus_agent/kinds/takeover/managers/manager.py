"""What every network manager must be told when a bridge takes a port over."""

from __future__ import annotations

from isthmus_agent.host import Host


class Manager:
    """The program that configures a port at boot, and holds its lease."""

    name = ""

    def __init__(self, host: Host) -> None:
        self.host = host

    def manages(self, dev: str) -> bool:
        """Tell whether it configures a link."""
        raise NotImplementedError

    def take(self, port: str, bridge: str) -> None:
        """Let it configure the bridge as it did the port, now and at every boot."""
        raise NotImplementedError

    def give(self, port: str, bridge: str) -> None:
        """Let it configure the port again."""
        raise NotImplementedError
