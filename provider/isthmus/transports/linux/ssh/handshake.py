"""The SSH handshake with one machine, and the proof that it is the trusted one."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from typing import Final

import paramiko

from isthmus.errors import Unreachable
from isthmus.transports.linux.ssh.hop import Hop
from isthmus.transports.linux.ssh.trust import Expected, verify

LOG: Final = "isthmus.ssh"
logging.getLogger(LOG).addHandler(logging.NullHandler())
logging.getLogger(LOG).propagate = False  # paramiko logs tracebacks; what went wrong is raised

Dial = Callable[[], "socket.socket | paramiko.Channel"]
_FAMILIES: Final = (
    ("ssh-ed25519",),
    ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
    ("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"),
)


def trusted_transport(hop: Hop, dial: Dial, known: Expected) -> tuple[paramiko.Transport, str]:
    """Return an encrypted connection to a machine, and the trusted key that it showed. Raises TrustError, Unreachable.

    A fingerprint does not say which of a host's keys it is of: where the first one shown is another, the others are
    asked for, too.
    """
    transport = shake_hands(hop, dial(), _asked(known.types))
    kind, shown = key_of(transport)
    if shown not in known.fingerprints and known.fingerprints and not known.types:
        transport = _another(hop, dial, known, transport)
        kind, shown = key_of(transport)
    try:
        verify(hop, known, kind, shown)
    except BaseException:
        transport.close()
        raise
    return transport, shown


def shake_hands(hop: Hop, sock: socket.socket | paramiko.Channel, types: tuple[str, ...] = ()) -> paramiko.Transport:
    """Do the handshake, with any host key of some types. Raises Unreachable."""
    timeout = hop.device.timeout
    transport = paramiko.Transport(sock)
    transport.set_log_channel(LOG)
    transport.banner_timeout = transport.handshake_timeout = transport.auth_timeout = timeout
    transport.channel_timeout = timeout
    if types:
        transport.get_security_options().key_types = types
    begun = time.monotonic()
    try:
        transport.start_client(timeout=2 * timeout)
    except (paramiko.SSHException, OSError, EOFError) as error:
        transport.close()
        raise Unreachable(hop.name, _why(hop, error, time.monotonic() - begun)) from None
    transport.set_keepalive(max(1, int(timeout / 2)))
    return transport


def key_of(transport: paramiko.Transport) -> tuple[str, str]:
    """Return the type and the fingerprint of the key that a host showed."""
    key = transport.get_remote_server_key()
    return key.get_name(), key.fingerprint


def _another(hop: Hop, dial: Dial, known: Expected, first: paramiko.Transport) -> paramiko.Transport:
    """Return a connection on which the host shows the trusted key, the first one if it has no such key."""
    for family in _FAMILIES:
        if key_of(first)[0] in family:
            continue
        try:
            other = shake_hands(hop, dial(), family)
        except Unreachable:
            continue
        if key_of(other)[1] in known.fingerprints:
            first.close()
            return other
        other.close()
    return first


def _asked(types: tuple[str, ...]) -> tuple[str, ...]:
    """Return the algorithms that show keys of some types, the known ones first."""
    families = [family for family in _FAMILIES if set(family) & set(types)]
    return tuple(name for family in families for name in family)


def _why(hop: Hop, error: Exception, waited: float) -> str:
    if isinstance(error, paramiko.ssh_exception.IncompatiblePeer):
        return f"{hop.title} has no algorithm in common with paramiko ({error}): bring its sshd up to date"
    if waited >= hop.device.timeout:
        return f"{hop.title} accepts the connection and says nothing within {hop.device.timeout:g} s: is it sshd?"
    if "banner" in str(error):
        return f"{hop.title} does not speak SSH, or closed the connection at once: is it sshd, on this port?"
    return f"{hop.title} ended the SSH handshake: {error or 'connection closed'}"
