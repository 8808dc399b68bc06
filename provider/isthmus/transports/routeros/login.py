"""The login to a router's API: with the password from RouterOS 6.43, with a challenge before.

Source: MikroTik's manual, "API", section "Initial login".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from librouteros.login import encode_password

from isthmus.errors import ConfigurationError, ConnectionCut, LoginRefused, Unreachable
from isthmus.transports.routeros.sentence import Command, Reply

if TYPE_CHECKING:
    from isthmus.devices import Credential, RouterOSDevice
    from isthmus.transports.routeros.wire import Wire


def log_in(wire: Wire, device: RouterOSDevice, password: Credential) -> None:
    """Log the device's user in. Raises LoginRefused, or Unreachable where the router ends the connection."""
    try:
        reply = _ask(wire, {"name": device.user, "password": password})
        if reply.ret is not None:  # a router before 6.43 ignores the password and sends a challenge
            reply = _ask(wire, {"name": device.user, "response": _response(device, reply.ret, password)})
    except ConnectionCut as cut:
        raise Unreachable(device.name, _ended(device, cut)) from None
    if reply.error:
        wire.close()
        raise LoginRefused(device.name, _refused(device, reply.error))


def _ask(wire: Wire, attributes: dict[str, str]) -> Reply:
    return wire.exchange([Command("/login", attributes)])[0]


def _response(device: RouterOSDevice, challenge: str, password: Credential) -> str:
    try:
        return str(encode_password(challenge, password))
    except ValueError:
        problem = f"{device.password}: the password is not ASCII, which a login before RouterOS 6.43 needs"
        raise ConfigurationError(f"{device.name}: {problem}") from None


def _ended(device: RouterOSDevice, cut: ConnectionCut) -> str:
    check = f"does /ip service there allow this address, and is {device.api_port} the port of the API"
    return f"{device.address} does not let a login through ({cut.cause}): {check}?"


def _refused(device: RouterOSDevice, error: str) -> str:
    check = f"check {device.password}, and that the user's group has the policy api"
    return f"refuses the user {device.user} ({error}): {check}"
