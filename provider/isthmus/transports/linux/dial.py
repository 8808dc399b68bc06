"""Reaches a host and starts the agent there."""

from __future__ import annotations

from collections.abc import Mapping

from isthmus.devices import LinuxDevice, LockEntry
from isthmus.errors import TrustError
from isthmus.transports.linux.local import LocalChannel
from isthmus.transports.linux.session import Channel, Session


def dial(device: LinuxDevice, config: Mapping[str, str], trusted: LockEntry | None = None) -> Session:
    """Open a session of its own, outside any pool: to prove reach, for example.

    ``trusted`` is what the lock file records: another machine is a TrustError, another kernel a warning of the
    session. Raises ConfigurationError for a credential that is not found, and DeviceError for all else.
    """
    session = enter(device, config, trusted)
    try:
        session.warnings = compare(device, session.about, trusted)
    except BaseException:
        session.close()
        raise
    return session


def enter(device: LinuxDevice, config: Mapping[str, str], trusted: LockEntry | None) -> Session:
    """Open a session on a machine whose host key is trusted, whichever machine it is."""
    return Session(device.name, _channel(device, config, trusted))


def compare(device: LinuxDevice, about: Mapping[str, str], trusted: LockEntry | None) -> tuple[str, ...]:
    """Return warnings where a host is not quite as recorded. Raises TrustError where it is another machine."""
    if trusted is None:
        return ()
    anew = f"isthmus devices trust {device.name}"
    machine, kernel = about["machine"], about["kernel"]
    if machine != trusted.serial:
        found = f"machine id {machine or '(none)'}, trusted is {trusted.serial or '(none)'}"
        raise TrustError(device.name, f"{device.address} is another machine: {found}; if it was replaced, run {anew}")
    if kernel != trusted.version:
        return (f"{device.name}: runs the kernel {kernel}, the lock file says {trusted.version}: run {anew}",)
    return ()


def _channel(device: LinuxDevice, config: Mapping[str, str], trusted: LockEntry | None) -> Channel:
    if device.connection == "local":
        return LocalChannel(device)
    from isthmus.transports.linux.ssh import SshChannel  # a local host needs no paramiko, which is slow to import

    return SshChannel(device, config, trusted)
