"""A reference to a secret: what a devices file holds in the place of a password."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, model_serializer, model_validator

KINDS: Final = ("env", "file", "command", "config")


class Reference(BaseModel):
    """Where a secret is found: exactly one of ``env``, ``file``, ``command`` or ``config``.

    ``env`` is an environment variable, ``file`` a path relative to the devices file, ``command`` a program with its
    arguments that prints the secret (never through a shell), ``config`` a key of the stack's Pulumi configuration.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    env: str | None = None
    file: str | None = None
    command: tuple[str, ...] | None = None
    config: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _exactly_one_kind(cls, value: Any) -> Any:
        if isinstance(value, Reference):
            return value
        if not isinstance(value, Mapping):
            raise ValueError("must be a reference, a secret itself is never written here")  # noqa: TRY004 - pydantic's
        if len(value) != 1 or next(iter(value)) not in KINDS:
            raise ValueError(f"must have exactly one of {', '.join(KINDS)}")
        if not next(iter(value.values())):
            raise ValueError(f"has an empty {next(iter(value))}")
        return value

    @model_serializer
    def _as_written(self) -> dict[str, str | list[str]]:
        return {self.kind: list(self.command) if self.command else self._place}

    @property
    def kind(self) -> str:
        """One of ``env``, ``file``, ``command``, ``config``."""
        return next(kind for kind in KINDS if getattr(self, kind))

    @property
    def _place(self) -> str:
        return str(getattr(self, self.kind))

    def __str__(self) -> str:
        """Name the place for a message; of a command only the program, for its arguments may be private."""
        return f"command {self.command[0]}" if self.command else f"{self.kind} {self._place}"
