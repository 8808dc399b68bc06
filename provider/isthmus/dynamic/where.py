"""Which device a resource is on: from the devices file, from its own argument, or from how it was last reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pulumi.dynamic import CheckFailure

from isthmus.devices import (
    LOCK_FILE,
    Device,
    LinuxDevice,
    RouterOSDevice,
    device_named,
    from_snapshot,
    load_devices,
    lock_entry,
)
from isthmus.devices.parse import parse_device
from isthmus.dynamic import process
from isthmus.dynamic.base import unknown
from isthmus.engine.checks import Problem, Target
from isthmus.engine.version import Version, parse
from isthmus.errors import ConfigurationError, Unreachable
from isthmus.transact.fleet import host, router
from isthmus.transact.host import Host
from isthmus.transact.router import Router


def target(device: Any, kind: str = "routeros") -> tuple[Target | None, list[Problem]]:
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
    if wrong := of_kind(found, kind):
        return None, [Problem("device", wrong)]
    if kind == "linux":
        return Target(found.name, None), []
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


def declared(device: str | Mapping[str, Any]) -> Device:
    """Return a device by name or from an inline object; ConfigurationError says what is wrong with it."""
    if isinstance(device, str):
        return device_named(device, process.devices_file())
    return parse_device(named(device), {k: v for k, v in device.items() if k != "name"}, folder=Path(), source="device")


def reach(device: str | Mapping[str, Any]) -> Router:
    """Return the router of a declared device."""
    return _router(declared(device))


def reach_host(device: str | Mapping[str, Any]) -> Host:
    """Return the Linux host of a declared device."""
    return _host(declared(device))


def reach_again(device: str | Mapping[str, Any], reached: Mapping[str, Any]) -> Router:
    """Return the router of a device that may have left the devices file since: then as it was last reached."""
    return _router(_declared_or_left(device, reached))


def reach_host_again(device: str | Mapping[str, Any], reached: Mapping[str, Any]) -> Host:
    """Return the Linux host of a device that may have left the devices file since."""
    return _host(_declared_or_left(device, reached))


def of_kind(device: Device, kind: str) -> str:
    """Say what is wrong with a device of another kind than a resource is for, '' if nothing is."""
    if device.kind == kind:
        return ""
    other = {"routeros": "isthmus.routeros", "linux": "isthmus.linux"}[device.kind]
    return f"{device.name} is a device of kind {device.kind}: resources of {other} are for it"


def _router(device: Device) -> Router:
    if not isinstance(device, RouterOSDevice):
        raise ConfigurationError(of_kind(device, "routeros"))
    return router(device, process.config())


def _host(device: Device) -> Host:
    if not isinstance(device, LinuxDevice):
        raise ConfigurationError(of_kind(device, "linux"))
    return host(device, process.config())


def _declared_or_left(device: str | Mapping[str, Any], reached: Mapping[str, Any]) -> Device:
    if isinstance(device, str) and _left(device):
        return from_snapshot(reached["device"])
    return declared(device)


def _left(name: str) -> bool:
    try:
        return name not in load_devices(process.devices_file())
    except ConfigurationError:
        if Path(process.devices_file()).exists():
            raise
        return True


def reached(router: Router | Host) -> dict[str, Any]:
    """Return how a device was reached, without any secret, for the state."""
    return {"device": router.device.snapshot(), "version": str(router.version)}


def recorded_version(props: Mapping[str, Any]) -> Version:
    """Return the version that a resource's router had when it was last reached."""
    return parse(str((props.get("reached") or {}).get("version", "7.0")))


@contextmanager
def forgetting(router: Router | Host, what: str) -> Iterator[None]:
    """Let a resource go whose device is unreachable, where the devices file says `unreachable: forget`."""
    try:
        yield
    except Unreachable as error:
        if router.device.unreachable != "forget":
            raise
        process.say(f"{error}; {what} is forgotten, as its `unreachable: forget` says")
