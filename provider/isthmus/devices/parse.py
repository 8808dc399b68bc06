"""Turns what a user wrote about a device into a device, or into one line that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import ValidationError

from isthmus.devices.model import KINDS, Device
from isthmus.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path


def parse_device(name: str, written: object, *, folder: Path, source: str) -> Device:
    """Build a device from what a user wrote; ``source`` says where, for example ``devices.yaml:12``.

    Raises ConfigurationError with every mistake in one line, and never what stands where a password should not.
    """
    if not isinstance(written, Mapping):
        raise ConfigurationError(f"{source}: {name}: must be a mapping with kind, host, user and a credential")
    kind = written.get("kind", "routeros")
    if kind not in KINDS:
        raise ConfigurationError(f"{source}: {name}: unknown kind, known are: {', '.join(KINDS)}")
    if reserved := {"name", "folder"} & written.keys():
        raise ConfigurationError(f"{source}: {name}: {min(reserved)} is not written: the key is the name")
    try:
        return KINDS[kind].model_validate({**written, "name": name, "folder": folder})
    except ValidationError as error:
        raise ConfigurationError(f"{source}: {name}: {_in_one_line(error, name)}") from None


def _in_one_line(error: ValidationError, name: str) -> str:
    mistakes = error.errors(include_url=False, include_input=False)
    return "; ".join(_mistake(".".join(map(str, m["loc"])), m["type"], m["msg"], name) for m in mistakes)


def _mistake(place: str, kind: str, message: str, name: str) -> str:
    if kind == "extra_forbidden":
        return f"unknown word {place}"
    if place == "password":
        return f"password {_sentence(message)}: write password: {{env: {name.upper().replace('-', '_')}_PASSWORD}}"
    return f"{place} {_sentence(message)}"


def _sentence(message: str) -> str:
    message = message.removeprefix("Value error, ").replace("Field required", "is missing")
    return message.replace("Input should", "should")
