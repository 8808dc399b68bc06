"""What all providers do alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi.dynamic import ConfigureRequest, ResourceProvider
from pulumi.output import Unknown

from isthmus.dynamic import process

Props = dict[str, Any]
"""A resource's inputs or outputs as the engine hands them: numbers are floats, None is missing."""


class Provider(ResourceProvider):
    """A stateless provider; what is configured belongs to the process."""

    serialize_as_secret_always = False

    def configure(self, req: ConfigureRequest) -> None:
        """Take the stack's configuration."""
        process.configure(req.config._props)  # noqa: SLF001 - the SDK offers no listing


def unknown(value: Any) -> bool:
    """Tell whether a value is, or holds, an output that is known only during the deployment."""
    if isinstance(value, Unknown):
        return True
    if isinstance(value, Mapping):
        return any(unknown(part) for part in value.values())
    return isinstance(value, list | tuple) and any(unknown(part) for part in value)
