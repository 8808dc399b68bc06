"""Every error that stops an operation, in one small tree.

::

    IsthmusError
    ├── ConfigurationError   the user's files or arguments (also a ValueError)
    └── DeviceError          one device: "seattle: ..."
        ├── Unreachable      no answer; the same again at once for the rest of the run
        ├── LoginRefused     the device answers and refuses the user
        ├── TrustError       the device is not the one that is trusted
        └── ConnectionCut    a live connection ended; the next use dials again

A message is one line, names what to do next and holds no secret.
"""

from __future__ import annotations


class IsthmusError(Exception):
    """Stops the operation; its message is one line for the user.

    The class poses as a builtin, so that Pulumi, which prints an exception's full name, shows the bare one.
    """

    __module__ = "builtins"

    def __init_subclass__(cls) -> None:
        cls.__module__ = "builtins"

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.splitlines()))


class ConfigurationError(IsthmusError, ValueError):
    """What the user wrote (devices file, credentials, arguments) cannot be used; correct it and run again."""


class DeviceError(IsthmusError):
    """Something is wrong with one device, named at the start of the message."""

    def __init__(self, device: str, reason: str) -> None:
        super().__init__(f"{device}: {reason}")
        self.device = device
        self.reason = " ".join(reason.splitlines())


class Unreachable(DeviceError):  # noqa: N818 - the state of the device, as `unreachable: forget` says it
    """No connection or no answer to the login; nothing was sent, and the device is not asked again in this run."""


class LoginRefused(DeviceError):  # noqa: N818 - what the device did
    """The device answered and refused the user; correct the credential or the user's rights."""


class TrustError(DeviceError):
    """The device's certificate or serial is not the trusted one; no password was sent after a bad certificate."""


class ConnectionCut(DeviceError):  # noqa: N818 - what happened to the connection
    """A connection ended in the middle of its work; what the device did last is unknown until it is read again.

    ``answered`` of ``total`` sentences had their reply, none are counted where ``total`` is 0; ``cause`` says in a few
    words what ended the connection.
    """

    def __init__(self, device: str, path: str, *, answered: int, total: int, cause: str) -> None:
        how_far = f"at {path} after {answered} of {total} sentences" if total else f"at {path}"
        super().__init__(device, f"the connection was cut {how_far} ({cause}); run again to finish")
        self.answered = answered
        self.total = total
        self.cause = cause
