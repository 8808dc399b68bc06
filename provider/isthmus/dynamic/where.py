"""Which device a resource is on: from the devices file, from its own argument, or from how it was last reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pulumi.dynamic import CheckFailure

from isthmus.devices import LOCK_FILE, RouterOSDevice, device_named, load_devices, lock_entry
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
    if not isinstance(device, str | Mapping):
        return None, [Problem("device", f"device is required: the name of a device in {process.devices_file()}")]
    try:
        found = declared(device)
        entry = lock_entry(found.name, found.folder)
    except ConfigurationError as error:
        return None, [Problem("device", str(error))]
    if entry is None:
        process.say(_unchecked(found.name))
    return Target(found.name, parse(entry.version) if entry else None), []


def failures(device: Any, problems: Iterable[Problem]) -> list[CheckFailure]:
    """Return problems as the engine shows them, each a line that begins with the device.

    They name no property to the engine, which would repeat the property's whole value: a list's text is many lines.
    """
    return [CheckFailure("", _on(device, problem)) for problem in problems]


def named(device: Any) -> str:
    """Return what a device is called, by its name in the devices file or its own `name`, else its host."""
    return str(device.get("name", device.get("host", "")) if isinstance(device, Mapping) else device)


def _on(device: Any, problem: Problem) -> str:
    where_known = problem.property != "device" and not unknown(device)
    return f"{named(device)}: {problem.reason}" if where_known else problem.reason


def _unchecked(name: str) -> str:
    return f"{name}: its version is not in {LOCK_FILE}: not checked until up; run isthmus devices trust {name}"


def declared(device: str | Mapping[str, Any]) -> RouterOSDevice:
    """Return a device by name or from an inline object; ConfigurationError says what is wrong with it."""
    if isinstance(device, str):
        return device_named(device, process.devices_file())
    return parse_device(named(device), {k: v for k, v in device.items() if k != "name"}, folder=Path(), source="device")


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
        process.say(f"{error}; {what} is forgotten, as its `unreachable: forget` says")
