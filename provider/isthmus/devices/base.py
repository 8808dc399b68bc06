"""What all devices have in common."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from isthmus.devices.reference import Reference

STRICT: Final = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
Port = Annotated[int, Field(ge=1, le=65535)]
Host = Annotated[str, Field(pattern=r"^[^\s/\x00]+$")]


class DeviceBase(BaseModel):
    """A device by its name; `unreachable: forget` lets the resources of a dead one go.

    ``timeout``, in seconds, holds for the connect and for each wait for bytes, not for a whole answer.
    """

    model_config = STRICT

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    unreachable: Literal["error", "forget"] = "error"
    timeout: Annotated[float, Field(gt=0)] = 10.0
    folder: Annotated[Path, Field(exclude=True)] = Path()
    """Where relative paths start: the folder of the devices file. Not a part of the snapshot."""

    @property
    def address(self) -> str:
        """Where it is reached, for messages."""
        raise NotImplementedError

    @property
    def references(self) -> tuple[Reference, ...]:
        """The credentials that a login needs."""
        raise NotImplementedError

    def snapshot(self) -> dict[str, Any]:
        """Return how to reach this device as JSON without any secret, for a resource's state."""
        kind = type(self).model_fields["kind"].default
        return self.model_dump(mode="json", exclude_none=True, exclude_defaults=True) | {"kind": kind}

    @classmethod
    def from_snapshot(cls, snapshot: Mapping[str, Any], *, folder: Path | None = None) -> Self:
        """Rebuild a device from a snapshot; relative paths start in ``folder``, by default where the process runs."""
        return cls.model_validate({**snapshot, "folder": folder or Path()})


def host_alone(host: str) -> str:
    """Return a host without brackets; ValueError if a port stands behind it."""
    if host.count(":") == 1:
        raise ValueError(f"holds a port: write host: {host.partition(':')[0]} and port: {host.partition(':')[2]}")
    return host.strip("[]")


def with_port(host: str, port: int) -> str:
    """Return host and port for messages."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
