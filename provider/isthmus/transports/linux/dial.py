"""Reaches a host and starts the agent there."""

from __future__ import annotations

from collections.abc import Mapping

from isthmus.devices import LinuxDevice, LockEntry
from isthmus.transports.linux.local import LocalChannel
from isthmus.transports.linux.session import Channel, Session


def dial(device: LinuxDevice, config: Mapping[str, str], trusted: LockEntry | None = None) -> Session:
    """Open a session of its own, outside any pool: to prove reach, for example."""
    return Session(device.name, _channel(device, config, trusted))


def _channel(device: LinuxDevice, config: Mapping[str, str], trusted: LockEntry | None) -> Channel:
    if device.connection == "local":
        return LocalChannel(device)
    from isthmus.transports.linux.ssh import SshChannel  # a local host needs no paramiko, which is slow to import

    return SshChannel(device, config, trusted)
