"""A Linux host, and why its host key is trusted."""

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, Field, field_validator, model_validator

from isthmus.devices.base import STRICT, DeviceBase, Host, Port, host_alone, with_port
from isthmus.devices.reference import Reference

SSH_PORT: Final = 22


class Ssh(BaseModel):
    """How a machine is reached by SSH: where, as whom, by what, and why it is trusted.

    ``key`` is a private key file, relative to the devices file, and ``passphrase`` what opens it; without ``key`` and
    ``password`` the SSH agent is asked, then the user's own keys are tried. The host key is trusted by ``host_key``,
    its SHA-256 fingerprint as ``ssh-keygen -l`` prints it, else by ``known_hosts``, by default the user's own file and
    the machine's, else by the lock file; it is never added by itself.
    """

    model_config = STRICT

    host: Host | None = None
    port: Port = SSH_PORT
    user: Annotated[str, Field(min_length=1)] = "root"
    key: Annotated[str, Field(min_length=1)] | None = None
    passphrase: Reference | None = None
    password: Reference | None = None
    host_key: Annotated[str, Field(pattern=r"^SHA256:[A-Za-z0-9+/]{43}$")] | None = None
    known_hosts: Annotated[str, Field(min_length=1)] | None = None

    @field_validator("host")
    @classmethod
    def _host_alone(cls, host: str | None) -> str | None:
        return host if host is None else host_alone(host)

    @property
    def where(self) -> str:
        """Host and port for messages."""
        return with_port(self.host or "", self.port)

    @property
    def credentials(self) -> tuple[Reference, ...]:
        """The references that a login needs."""
        return tuple(reference for reference in (self.passphrase, self.password) if reference)


class LinuxDevice(DeviceBase, Ssh):
    """A Linux host, reached by SSH, or this machine itself with ``connection: local``.

    ``jump`` is a machine that the connection passes through. ``sudo`` says how the agent becomes root where the user
    is not: by default ``sudo`` without a password; a reference gives one. ``netns`` makes a network namespace of the
    machine a device of its own. ``guard`` is the number of seconds after which the host takes back by itself what cuts
    the way in.
    """

    kind: Literal["linux"] = "linux"
    connection: Literal["ssh", "local"] = "ssh"
    jump: Ssh | None = None
    sudo: Reference | None = None
    netns: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")] = ""
    python: Annotated[str, Field(min_length=1)] = "python3"
    guard: Annotated[int, Field(ge=5, le=3600)] = 60

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.connection == "ssh" and not self.host:
            raise ValueError("host is missing: write host: ADDRESS, or connection: local for this machine")
        if self.jump and not self.jump.host:
            raise ValueError("jump.host is missing")
        if self.connection == "local" and self.sudo:
            raise ValueError("sudo has no password with connection: local: run as root, or let sudo ask for none")
        return self

    @property
    def address(self) -> str:
        """Where it is reached, for messages."""
        return "this machine" if self.connection == "local" else self.where

    @property
    def references(self) -> tuple[Reference, ...]:
        """Those of the login, of the jump host's and of sudo."""
        jump = self.jump.credentials if self.jump else ()
        return (*self.credentials, *jump, *((self.sudo,) if self.sudo else ()))
