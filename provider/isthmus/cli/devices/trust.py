"""`isthmus devices trust`: shows what each device is and records it in the lock file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.cli.console import coloured
from isthmus.cli.devices.choice import chosen, routers, stack_config
from isthmus.devices import LockEntry, Tls, declared_devices, read_lock, write_lock
from isthmus.errors import ConfigurationError, DeviceError, IsthmusError
from isthmus.transports.routeros import certificate_of, dial

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from isthmus.devices import RouterOSDevice

    Ask = Callable[[str], bool]


def run(arguments: argparse.Namespace) -> int:
    """Look at each device, ask, and write the lock file; the status is 1 if one was not reached or not trusted."""
    folder = Path(arguments.devices).parent
    devices = routers(chosen(arguments.names, declared_devices(arguments.devices), arguments.devices))
    config = stack_config(devices, arguments.stack)
    before = read_lock(folder)
    ask = _yes if arguments.yes else _ask
    looked = {device.name: _look(device, config, before.get(device.name), ask) for device in devices}
    trusted = {name: entry for name, entry in looked.items() if entry}
    if before | trusted != before:
        print(f"wrote {write_lock(folder, before | trusted)}: commit it")
    return int(len(trusted) < len(devices))


def _look(device: RouterOSDevice, config: Mapping[str, str], before: LockEntry | None, ask: Ask) -> LockEntry | None:
    try:
        return _trust(device, config, before, ask)
    except IsthmusError as error:
        print(coloured(str(error), "red"))
        return None


def _trust(device: RouterOSDevice, config: Mapping[str, str], before: LockEntry | None, ask: Ask) -> LockEntry | None:
    if not device.tls:
        shown = certificate_of(device)
        if not (before and before.certificate == shown):
            print(f"{device.name}: shows the certificate of tls: {{pin: {shown}}}")
            if not ask(f"{device.name}: trust it and log in?"):
                return None
            ask = _yes
        device = device.model_copy(update={"tls": Tls(pin=shown)})
    return _confirmed(device, _found(device, config), before, ask)


def _confirmed(device: RouterOSDevice, found: LockEntry, before: LockEntry | None, ask: Ask) -> LockEntry | None:
    if found == before:
        print(f"{device.name}: unchanged")
        return found
    _show(device, "serial", found.serial, before.serial if before else None)
    _show(device, "version", found.version, before.version if before else None)
    return found if ask(f"{device.name}: trust this router?") else None


def _found(device: RouterOSDevice, config: Mapping[str, str]) -> LockEntry:
    session = dial(device, config)
    session.close()
    if not session.serial:
        raise DeviceError(device.name, "tells no serial number: may its user read /system/license?")
    return LockEntry(serial=session.serial, version=session.version, certificate=session.fingerprint)


def _show(device: RouterOSDevice, word: str, now: str, before: str | None) -> None:
    was = f"  (was {before})" if before and before != now else ""
    print(f"{device.name}: {word} {now}{was}")


def _yes(_question: str) -> bool:
    return True


def _ask(question: str) -> bool:
    if not sys.stdin.isatty():
        raise ConfigurationError("somebody must answer: run this in a terminal, or with --yes")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
