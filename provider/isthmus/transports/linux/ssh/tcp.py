"""The TCP connection to an SSH server, and a sentence for each way in which it fails."""

from __future__ import annotations

import socket

from isthmus.errors import Unreachable
from isthmus.transports.linux.ssh.hop import Hop

_MILLISECONDS = 1000


def connect(hop: Hop) -> socket.socket:
    """Connect; the kernel ends the connection when what was sent is not acknowledged in the device's timeout."""
    timeout = hop.device.timeout
    try:
        sock = socket.create_connection((hop.ssh.host or "", hop.ssh.port), timeout=timeout)
    except (OSError, UnicodeError) as error:
        raise Unreachable(hop.name, why(hop, error)) from None
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(timeout * _MILLISECONDS))
    return sock


def why(hop: Hop, error: OSError | UnicodeError) -> str:
    """Say why a connection could not be made."""
    match error:
        case socket.gaierror():
            return f"the host name {hop.ssh.host} cannot be resolved: {error.strerror}"
        case UnicodeError():
            return f"{hop.ssh.host} is no host name"
        case ConnectionRefusedError():
            return f"{hop.title} refuses the connection: is sshd running there (systemctl status ssh), on this port?"
        case TimeoutError():
            return f"{hop.title} does not answer within {hop.device.timeout:g} s: is it up, and no firewall between?"
        case OSError():
            return f"{hop.title} cannot be reached: {error.strerror or error}"
