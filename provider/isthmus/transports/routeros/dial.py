"""Dials a router: TCP, TLS, login, and the proof that it is the router that was trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.devices import resolve
from isthmus.errors import TrustError
from isthmus.transports.routeros.about import About, ask
from isthmus.transports.routeros.connection import Session
from isthmus.transports.routeros.login import log_in
from isthmus.transports.routeros.tcp import connect
from isthmus.transports.routeros.tls import any_certificate, secured, shake_hands
from isthmus.transports.routeros.wire import Wire

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from isthmus.devices import LockEntry, RouterOSDevice


def dial(device: RouterOSDevice, config: Mapping[str, str], trusted: LockEntry | None = None) -> Session:
    """Open a session of its own, outside any pool: to prove reach, for example.

    ``trusted`` is what the lock file records: another serial is a TrustError, another version a warning of the
    session. Raises ConfigurationError for a credential that is not found, and DeviceError for all else.
    """
    password = resolve(device.password, device=device, config=config)
    sock, fingerprint = _open(device)
    wire = Wire(device.name, sock)
    try:
        log_in(wire, device, password)
        about = ask(wire, device)
        warnings = compare(device, about, trusted)
    except BaseException:
        wire.close()
        raise
    return Session(wire, about, fingerprint, warnings)


def compare(device: RouterOSDevice, about: About, trusted: LockEntry | None) -> tuple[str, ...]:
    """Return warnings where a router is not quite as recorded. Raises TrustError where it is another router."""
    if trusted is None:
        return ()
    anew = f"isthmus devices trust {device.name}"
    if about.serial != trusted.serial:
        found = f"serial {about.serial or '(none)'}, trusted is {trusted.serial}"
        raise TrustError(device.name, f"{device.address} is another router: {found}; if it was replaced, run {anew}")
    if about.version != trusted.version:
        return (f"{device.name}: runs RouterOS {about.version}, the lock file says {trusted.version}: run {anew}",)
    return ()


def certificate_of(device: RouterOSDevice) -> str:
    """Return the fingerprint of the certificate that a device shows to anybody, trusted or not."""
    sock = connect(device)
    try:
        sock, fingerprint = shake_hands(sock, device, any_certificate())
    finally:
        sock.close()
    return fingerprint


def _open(device: RouterOSDevice) -> tuple[socket.socket, str | None]:
    sock = connect(device)
    if device.tls and device.tls.off:
        return sock, None
    try:
        return secured(sock, device)
    except BaseException:
        sock.close()
        raise
