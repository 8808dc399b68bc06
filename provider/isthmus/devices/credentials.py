"""Looks secrets up where their references point, at the moment of a login."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from isthmus.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from isthmus.devices.model import Device
    from isthmus.devices.reference import Reference

_COMMAND_SECONDS: Final = 60


class Credential(str):
    """A secret in memory: a string that a ``repr`` does not show."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Credential(hidden)"


class _Missing(Exception):  # noqa: N818 - ends inside this module
    """What is wrong with a place, as the end of a sentence that begins with the place."""


def resolve(reference: Reference, *, device: Device, config: Mapping[str, str]) -> Credential:
    """Look a secret of a device up; one line end after it is dropped.

    ``config`` is the stack's decrypted configuration, by full or bare key. Relative paths and commands start in the
    device's folder. Raises ConfigurationError, naming device and place, where there is nothing or something empty.
    """
    try:
        secret = _LOOK_UP[reference.kind](reference, config, device.folder)
    except _Missing as reason:
        raise ConfigurationError(f"{device.name}: {reference} {reason}") from None
    secret = secret.removesuffix("\n").removesuffix("\r")
    if not secret:
        raise ConfigurationError(f"{device.name}: {reference} is empty, where the secret should be")
    return Credential(secret)


def _environment(reference: Reference, _config: Mapping[str, str], _folder: Path) -> str:
    if (secret := os.environ.get(str(reference.env))) is None:
        raise _Missing(f"is not set: export {reference.env} with the secret, then run again")
    return secret


def _file(reference: Reference, _config: Mapping[str, str], folder: Path) -> str:
    try:
        return (folder / Path(str(reference.file)).expanduser()).read_text("utf-8")
    except OSError as error:
        raise _Missing(f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _Missing("is not UTF-8 text") from None


def _command(reference: Reference, _config: Mapping[str, str], folder: Path) -> str:
    try:
        done = subprocess.run(
            list(reference.command or ()),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_COMMAND_SECONDS,
            check=True,
        )
        return done.stdout.decode()
    except OSError as error:
        raise _Missing(f"cannot be run: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise _Missing(f"did not end within {_COMMAND_SECONDS} s") from None
    except subprocess.CalledProcessError as error:
        raise _Missing(f"ended with status {error.returncode}: run it by hand to see why") from None
    except UnicodeDecodeError:
        raise _Missing("does not print UTF-8 text") from None


def _config(reference: Reference, config: Mapping[str, str], _folder: Path) -> str:
    key = str(reference.config)
    found = sorted(name for name in config if key in (name, name.partition(":")[2]))
    if not found:
        raise _Missing(f"is not set in this stack: pulumi config set --secret {key}")
    if len(found) > 1:
        raise _Missing(f"is ambiguous: write one of {', '.join(found)}")
    return config[found[0]]


_LOOK_UP: Final[dict[str, Callable[[Reference, Mapping[str, str], Path], str]]] = {
    "env": _environment,
    "file": _file,
    "command": _command,
    "config": _config,
}
