"""A MikroTik router, and why its certificate is trusted."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, field_validator, model_serializer, model_validator

from isthmus.devices.base import STRICT, DeviceBase, Host, Port, host_alone, with_port
from isthmus.devices.reference import Reference

API_PORT: Final = 8728
API_SSL_PORT: Final = 8729


class Tls(BaseModel):
    """Why a router's certificate is trusted: written as ``off``, ``{pin: ...}`` or ``{ca: FILE}``.

    ``pin`` is the SHA-256 of the leaf certificate (DER), which may then be expired or carry any name. ``ca`` is a PEM
    file of authorities, relative to the devices file; the certificate must carry ``server_name``, by default the host.
    """

    model_config = STRICT

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


class RouterOSDevice(DeviceBase):
    """A MikroTik router, reached by the RouterOS API.

    ``port`` is by default 8729, and 8728 with ``tls: off``. Without ``tls`` the certificate is trusted that the lock
    file records.
    """

    kind: Literal["routeros"] = "routeros"
    host: Host
    port: Port | None = None
    user: Annotated[str, Field(min_length=1)]
    password: Reference
    tls: Tls | None = None

    _host_alone = field_validator("host")(host_alone)

    @property
    def api_port(self) -> int:
        """The TCP port that is dialled."""
        return self.port or (API_PORT if self.tls and self.tls.off else API_SSL_PORT)

    @property
    def address(self) -> str:
        """Host and port for messages."""
        return with_port(self.host, self.api_port)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The password's."""
        return (self.password,)
