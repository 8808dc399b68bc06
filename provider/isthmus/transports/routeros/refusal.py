"""Says why a TLS handshake failed, and what to do about it."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from isthmus.errors import DeviceError, TrustError, Unreachable

if TYPE_CHECKING:
    from isthmus.devices import RouterOSDevice


def refusal(device: RouterOSDevice, error: OSError | ValueError) -> DeviceError:
    """Return the error for a failed handshake.

    Without a certificate, RouterOS's api-ssl offers only anonymous ciphers, which end in a handshake failure
    (MikroTik's manual, "API", "api-ssl").
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        return TrustError(device.name, _unverified(error.verify_message))
    if "HANDSHAKE_FAILURE" in str(error).upper().replace(" ", "_"):
        return TrustError(device.name, f"{device.address} has no certificate for api-ssl: {_make_one(device)}")
    return Unreachable(device.name, f"{device.address} {_unfinished(device, error)}")


def _unverified(message: str) -> str:
    remedy = "correct tls ca, or tls server_name if the certificate carries another name, or use tls pin"
    return f"the certificate is not trusted: {message}: {remedy}"


def _unfinished(device: RouterOSDevice, error: OSError | ValueError) -> str:
    if "WRONG_VERSION_NUMBER" in str(error).upper():
        return "does not speak TLS: if it is the plain API, say tls: off"
    if isinstance(error, TimeoutError):
        return f"does not answer the TLS handshake within {device.timeout:g} s: is it the router's api-ssl service?"
    return f"breaks the TLS handshake off: if api-ssl there has no certificate, {_make_one(device)}"


def _make_one(device: RouterOSDevice) -> str:
    make = (
        f"/certificate add name=api-ssl common-name={device.host}; "
        "/certificate sign api-ssl; /ip service set api-ssl certificate=api-ssl"
    )
    return f"on the router, {make}; here, isthmus devices trust {device.name}"
