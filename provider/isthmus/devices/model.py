"""Devices: how each is reached, who logs in, and why it is trusted."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_serializer, model_validator

from isthmus.devices.reference import Reference

API_PORT: Final = 8728
API_SSL_PORT: Final = 8729

_STRICT: Final = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Tls(BaseModel):
    """Why a router's certificate is trusted: written as ``off``, ``{pin: ...}`` or ``{ca: FILE}``.

    ``pin`` is the SHA-256 of the leaf certificate (DER), which may then be expired or carry any name. ``ca`` is a PEM
    file of authorities, relative to the devices file; the certificate must carry ``server_name``, by default the host.
    """

    model_config = _STRICT

    off: bool = False
    pin: Annotated[str, Field(pattern=r"^sha256/[A-Za-z0-9+/]{43}=$")] | None = None
    ca: str | None = None
    server_name: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _written_form(cls, value: Any) -> Any:
        if value is False or value == "off":  # YAML reads a bare `off` as false
            return {"off": True}
        if isinstance(value, Tls) or (isinstance(value, Mapping) and bool(value.get("pin")) != bool(value.get("ca"))):
            return value
        raise ValueError("must be off, {pin: sha256/...} or {ca: FILE}")

    @model_serializer
    def _as_written(self) -> str | dict[str, str]:
        parts = {"pin": self.pin, "ca": self.ca, "server_name": self.server_name}
        return "off" if self.off else {name: value for name, value in parts.items() if value}


class RouterOSDevice(BaseModel):
    """A MikroTik router, reached by the RouterOS API.

    ``port`` is by default 8729, and 8728 with ``tls: off``. ``timeout``, in seconds, holds for the connect and for
    each wait for bytes, not for a whole answer. ``unreachable: forget`` lets the resources of a dead router go.
    Without ``tls`` the certificate is trusted that the lock file records.
    """

    model_config = _STRICT

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    kind: Literal["routeros"] = "routeros"
    host: Annotated[str, Field(pattern=r"^[^\s/\x00]+$")]
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    user: Annotated[str, Field(min_length=1)]
    password: Reference
    tls: Tls | None = None
    unreachable: Literal["error", "forget"] = "error"
    timeout: Annotated[float, Field(gt=0)] = 10.0
    folder: Annotated[Path, Field(exclude=True)] = Path()
    """Where relative paths start: the folder of the devices file. Not a part of the snapshot."""

    @field_validator("host")
    @classmethod
    def _host_alone(cls, host: str) -> str:
        if host.count(":") == 1:
            raise ValueError(f"holds a port: write host: {host.partition(':')[0]} and port: {host.partition(':')[2]}")
        return host.strip("[]")

    @property
    def api_port(self) -> int:
        """The TCP port that is dialled."""
        return self.port or (API_PORT if self.tls and self.tls.off else API_SSL_PORT)

    @property
    def address(self) -> str:
        """Host and port for messages."""
        return f"[{self.host}]:{self.api_port}" if ":" in self.host else f"{self.host}:{self.api_port}"

    def snapshot(self) -> dict[str, Any]:
        """Return how to reach this device as JSON without any secret, for a resource's state."""
        return self.model_dump(mode="json", exclude_none=True, exclude_defaults=True) | {"kind": self.kind}

    @classmethod
    def from_snapshot(cls, snapshot: Mapping[str, Any], *, folder: Path | None = None) -> Self:
        """Rebuild a device from a snapshot; relative paths start in ``folder``, by default where the process runs."""
        return cls.model_validate({**snapshot, "folder": folder or Path()})


Device = RouterOSDevice
"""Any device. A second kind makes this a union discriminated by ``kind``."""
