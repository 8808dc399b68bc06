"""`isthmus devices trust`: shows what each device is and records it in the lock file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.cli.console import coloured
from isthmus.cli.devices import trust_linux, trust_routers
from isthmus.cli.devices.asking import Ask, always, asked
from isthmus.cli.devices.choice import chosen, stack_config
from isthmus.devices import LinuxDevice, LockEntry, declared_devices, read_lock, write_lock
from isthmus.errors import IsthmusError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from isthmus.devices import Device


def run(arguments: argparse.Namespace) -> int:
    """Look at each device, ask, and write the lock file; the status is 1 if one was not reached or not trusted."""
    folder = Path(arguments.devices).parent
    devices = chosen(arguments.names, declared_devices(arguments.devices), arguments.devices)
    config = stack_config(devices, arguments.stack)
    before = read_lock(folder)
    ask = always if arguments.yes else asked
    looked = {device.name: _look(device, config, before.get(device.name), ask) for device in devices}
    trusted = {name: entry for name, entry in looked.items() if entry}
    if before | trusted != before:
        print(f"wrote {write_lock(folder, before | trusted)}: commit it")
    return int(len(trusted) < len(devices))


def _look(device: Device, config: Mapping[str, str], before: LockEntry | None, ask: Ask) -> LockEntry | None:
    try:
        if isinstance(device, LinuxDevice):
            return trust_linux.trust(device, config, before, ask)
        return trust_routers.trust(device, config, before, ask)
    except IsthmusError as error:
        print(coloured(str(error), "red"))
        return None
