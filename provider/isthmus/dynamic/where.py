"""Which device a resource is on: from the devices file, from its own argument, or from how it was last reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from isthmus.devices import RouterOSDevice, device_named, load_devices, lock_entry
from isthmus.devices.parse import parse_device
from isthmus.dynamic import process
from isthmus.dynamic.base import unknown
from isthmus.engine.checks import Problem, Target
from isthmus.engine.version import Version, parse
from isthmus.errors import ConfigurationError, Unreachable
from isthmus.transact.fleet import router
from isthmus.transact.router import Router


def target(device: Any) -> tuple[Target | None, list[Problem]]:
    """Return what is known of a device without asking it, and what is wrong with how it is named."""
    if unknown(device):
        return None, []
    try:
        found = declared(device)
    except ConfigurationError as error:
        return None, [Problem("device", str(error))]
    entry = lock_entry(found.name, found.folder)
    return Target(found.name, parse(entry.version) if entry else None), []


def declared(device: str | Mapping[str, Any]) -> RouterOSDevice:
    """Return a device by name or from an inline object; ConfigurationError says what is wrong with it."""
    if isinstance(device, str):
        return device_named(device, process.devices_file())
    return parse_device(str(device.get("name", device.get("host", ""))), {k: v for k, v in device.items() if k != "name"}, folder=Path(), source="device")


def reach(device: str | Mapping[str, Any]) -> Router:
    """Return the router of a declared device."""
    return router(declared(device), process.config())


def reach_again(device: str | Mapping[str, Any], reached: Mapping[str, Any]) -> Router:
    """Return the router of a device that may have left the devices file since: then as it was last reached."""
    if isinstance(device, str) and _left(device):
        return router(RouterOSDevice.from_snapshot(reached["device"]), process.config())
    return reach(device)


def _left(name: str) -> bool:
    try:
        return name not in load_devices(process.devices_file())
    except ConfigurationError:
        if Path(process.devices_file()).exists():
            raise
        return True


def reached(router: Router) -> dict[str, Any]:
    """Return how a device was reached, without any secret, for the state."""
    return {"device": router.device.snapshot(), "version": str(router.version)}


def recorded_version(props: Mapping[str, Any]) -> Version:
    """Return the version that a resource's router had when it was last reached."""
    return parse(str((props.get("reached") or {}).get("version", "7.0")))


@contextmanager
def forgetting(router: Router, what: str) -> Iterator[None]:
    """Let a resource go whose device is unreachable, where the devices file says `unreachable: forget`."""
    try:
        yield
    except Unreachable as error:
        if router.device.unreachable != "forget":
            raise
        print(f"{error}; {what} is forgotten, as its `unreachable: forget` says", flush=True)  # noqa: T201
