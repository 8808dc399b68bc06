"""One machine on the way to a host: the host itself, or the jump host before it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from isthmus.devices import LinuxDevice, LockEntry, Ssh


@dataclass(frozen=True, slots=True)
class Hop:
    """``locked`` is the host key that the lock file records for it."""

    device: LinuxDevice
    ssh: Ssh
    locked: str | None

    @property
    def name(self) -> str:
        """The device, for errors."""
        return self.device.name

    @property
    def is_jump(self) -> bool:
        """Whether it is only passed through."""
        return self.ssh is not self.device

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"the jump host {self.ssh.where}" if self.is_jump else self.ssh.where

    @property
    def word(self) -> str:
        """Where its words stand in the device's entry."""
        return "jump." if self.is_jump else ""

    def path(self, written: str) -> Path:
        """Return a file that its entry names."""
        return self.device.folder / Path(written).expanduser()


def host_hop(device: LinuxDevice, trusted: LockEntry | None) -> Hop:
    """Return the host itself."""
    return Hop(device, device, trusted.host_key if trusted else None)


def jump_hop(device: LinuxDevice, trusted: LockEntry | None) -> Hop | None:
    """Return the machine before it, if there is one."""
    return Hop(device, device.jump, trusted.jump_host_key if trusted else None) if device.jump else None
