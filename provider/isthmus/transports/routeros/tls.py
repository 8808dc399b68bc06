"""TLS to a router's `api-ssl`: by a certificate authority or by the SHA-256 pin of the router's certificate."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.errors import ConfigurationError, TrustError
from isthmus.transports.routeros.refusal import refusal

if TYPE_CHECKING:
    import socket

    from isthmus.devices import RouterOSDevice


def fingerprint(certificate: bytes) -> str:
    """Return the pin of a certificate (DER): ``sha256/`` and its SHA-256 in base64."""
    return "sha256/" + base64.b64encode(hashlib.sha256(certificate).digest()).decode()


def secured(sock: socket.socket, device: RouterOSDevice) -> tuple[ssl.SSLSocket, str]:
    """Wrap a connected socket and verify the certificate; nothing is sent to a router that is not trusted.

    Returns the socket and the certificate's fingerprint. Raises TrustError or Unreachable.
    """
    if device.tls and device.tls.ca:
        return shake_hands(sock, device, _authority(device, device.tls.ca))
    if device.tls and device.tls.pin:
        return _pinned(*shake_hands(sock, device, any_certificate()), device, device.tls.pin)
    choice = f"run isthmus devices trust {device.name}, or say tls: {{pin: ...}}, {{ca: FILE}} or off in its entry"
    raise TrustError(device.name, f"nothing says which certificate to trust: {choice}")


def any_certificate() -> ssl.SSLContext:
    """Return a context that accepts every certificate, for a caller who compares its fingerprint before sending."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def shake_hands(sock: socket.socket, device: RouterOSDevice, context: ssl.SSLContext) -> tuple[ssl.SSLSocket, str]:
    """Do the handshake and return the certificate's fingerprint. Raises TrustError or Unreachable."""
    name = (device.tls and device.tls.server_name) or device.host
    try:
        wrapped = context.wrap_socket(sock, server_hostname=name)
    except (OSError, ValueError) as error:
        raise refusal(device, error) from None
    return wrapped, fingerprint(wrapped.getpeercert(binary_form=True) or b"")


def _pinned(wrapped: ssl.SSLSocket, found: str, device: RouterOSDevice, pin: str) -> tuple[ssl.SSLSocket, str]:
    if not hmac.compare_digest(found, pin):
        wrapped.close()
        remedy = f"if it was renewed, put that pin in its place or run isthmus devices trust {device.name}"
        raise TrustError(device.name, f"{device.address} shows the certificate {found}, trusted is {pin}: {remedy}")
    return wrapped, found


def _authority(device: RouterOSDevice, ca: str) -> ssl.SSLContext:
    path = device.folder / Path(ca).expanduser()
    try:
        return ssl.create_default_context(cafile=path)
    except ssl.SSLError:
        raise ConfigurationError(f"{device.name}: tls ca {ca} holds no PEM certificate") from None
    except OSError as error:
        raise ConfigurationError(f"{device.name}: tls ca {ca} cannot be read: {error.strerror}") from None
