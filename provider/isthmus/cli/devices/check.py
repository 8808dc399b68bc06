"""`isthmus devices check`: logs in to each device and says what it is, or exactly why that fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final

from isthmus.cli.console import coloured, columns
from isthmus.cli.devices.choice import chosen, routers, stack_config
from isthmus.devices import load_devices, lock_entry
from isthmus.errors import IsthmusError
from isthmus.transports.routeros import dial

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from isthmus.devices import RouterOSDevice
    from isthmus.transports.routeros import Session

    Outcome = Session | IsthmusError

_AT_ONCE: Final = 16
_TITLES: Final = ("DEVICE", "VERSION", "BOARD", "SERIAL", "IDENTITY", "CERTIFICATE")


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each device; the status is 1 if the login to one of them failed."""
    devices = routers(chosen(arguments.names, load_devices(arguments.devices), arguments.devices))
    config = stack_config(devices, arguments.stack)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        outcomes = list(threads.map(partial(_outcome, config=config), devices))
    print(*_report(devices, outcomes), sep="\n")
    return int(any(isinstance(outcome, IsthmusError) for outcome in outcomes))


def _outcome(device: RouterOSDevice, config: Mapping[str, str]) -> Outcome:
    try:
        session = dial(device, config, lock_entry(device.name, device.folder))
    except IsthmusError as error:
        return error
    session.close()
    return session


def _report(devices: Sequence[RouterOSDevice], outcomes: Sequence[Outcome]) -> list[str]:
    titles, *lines = columns([_TITLES, *map(_row, devices, outcomes)])
    warnings = [warning for outcome in outcomes for warning in getattr(outcome, "warnings", ())]
    return [coloured(titles, "dim"), *lines, *(coloured(f"warning: {warning}", "yellow") for warning in warnings)]


def _row(device: RouterOSDevice, outcome: Outcome) -> list[str]:
    if isinstance(outcome, IsthmusError):
        return [device.name, coloured(str(outcome).removeprefix(f"{device.name}: "), "red")]
    certificate = outcome.fingerprint or "none, tls is off"
    return [device.name, outcome.version, outcome.board, outcome.serial, outcome.identity, certificate]
