"""The TCP connection to a device, and a sentence for each way in which it fails."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from isthmus.errors import Unreachable

if TYPE_CHECKING:
    from isthmus.devices import RouterOSDevice


def connect(device: RouterOSDevice) -> socket.socket:
    """Connect; every later wait for bytes ends after the device's timeout, too. Raises Unreachable."""
    try:
        sock = socket.create_connection((device.host, device.api_port), timeout=device.timeout)
    except (OSError, UnicodeError) as error:
        raise Unreachable(device.name, _why(device, error)) from None
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def _why(device: RouterOSDevice, error: OSError | UnicodeError) -> str:
    match error:
        case socket.gaierror():
            return f"the host name {device.host} cannot be resolved: {error.strerror}"
        case UnicodeError():
            return f"{device.host} is no host name"
        case ConnectionRefusedError():
            service = "api" if device.tls and device.tls.off else "api-ssl"
            return f"{device.address} refuses the connection: is it enabled (/ip service enable {service})?"
        case TimeoutError():
            return f"{device.address} does not answer within {device.timeout:g} s: is it up, and no firewall between?"
        case OSError():
            return f"{device.address} cannot be reached: {error.strerror or error}"
