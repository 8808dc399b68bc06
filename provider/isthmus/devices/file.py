"""The devices file: every device by its name."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from isthmus.devices.lockfile import read_lock
from isthmus.devices.model import Device
from isthmus.devices.parse import parse_device
from isthmus.devices.routeros import RouterOSDevice, Tls
from isthmus.devices.stamp import Stamp, stamp
from isthmus.devices.yamlfile import read_entries
from isthmus.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEVICES_FILE: Final = "devices.yaml"


def load_devices(path: str | Path = DEVICES_FILE) -> dict[str, Device]:
    """Read a devices file; a device without ``tls`` is pinned to the certificate in the lock file beside it.

    Raises ConfigurationError with file and line for what cannot be used.
    """
    declared = declared_devices(path)
    locked = read_lock(Path(path).parent)
    return {
        name: _pinned(device, locked[name].certificate) if name in locked else device
        for name, device in declared.items()
    }


def declared_devices(path: str | Path = DEVICES_FILE) -> dict[str, Device]:
    """Read a devices file alone, as it is written."""
    path = Path(path)
    if (found := stamp(path)) is None:
        raise ConfigurationError(
            f"{path}: no such devices file: say where it is (--devices, or the stack's isthmus:devices)"
        )
    return dict(_read(path, found))


def device_named(name: str, path: str | Path = DEVICES_FILE) -> Device:
    """Return one device. Raises ConfigurationError that lists the known names."""
    devices = load_devices(path)
    if name not in devices:
        raise unknown_device(name, devices, path)
    return devices[name]


def unknown_device(name: str, devices: Mapping[str, Device], path: str | Path) -> ConfigurationError:
    """Return the error for a name that the devices file does not have."""
    guess = "".join(f" did you mean {near}?" for near in get_close_matches(name, devices, n=1))
    return ConfigurationError(f"unknown device {name}:{guess} {path} has {', '.join(sorted(devices)) or 'none'}")


def _pinned(device: Device, certificate: str | None) -> Device:
    if not isinstance(device, RouterOSDevice) or device.tls or not certificate:
        return device
    return device.model_copy(update={"tls": Tls(pin=certificate)})


@lru_cache(maxsize=8)
def _read(path: Path, _stamp: Stamp) -> Mapping[str, Device]:
    return {
        name: parse_device(name, value, folder=path.parent, source=f"{path}:{line}")
        for name, (line, value) in read_entries(path).items()
    }
