"""Which devices a command is about, and the configuration that their credentials need."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from isthmus.devices import unknown_device
from isthmus.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from isthmus.devices import Device


def chosen(names: Sequence[str], devices: Mapping[str, Device], path: str) -> list[Device]:
    """Return the named devices, all without a name. Raises ConfigurationError for a name that is not there."""
    for name in names:
        if name not in devices:
            raise unknown_device(name, devices, path)
    return [devices[name] for name in names or devices]


def stack_config(devices: Iterable[Device], stack: str | None) -> dict[str, str]:
    """Return the stack's decrypted configuration if a credential refers to it, as Pulumi's command line tells it."""
    folders = [device.folder for device in devices if any(reference.config for reference in device.references)]
    return _ask_pulumi(folders[0], stack) if folders else {}


def _ask_pulumi(folder: Path, stack: str | None) -> dict[str, str]:
    command = ["pulumi", "config", "--show-secrets", "--json", *(["--stack", stack] if stack else [])]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise ConfigurationError(
            "a credential refers to the stack's configuration, and `pulumi config` fails here: "
            "select a stack or give --stack, and set PULUMI_CONFIG_PASSPHRASE"
        ) from None
    return {key: str(entry.get("value", "")) for key, entry in json.loads(done.stdout).items()}
