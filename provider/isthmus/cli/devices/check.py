"""`isthmus devices check`: logs in to each device and says what it is, or exactly why that fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final

from isthmus.cli.console import coloured
from isthmus.cli.devices import check_linux, check_routers
from isthmus.cli.devices.choice import chosen, stack_config
from isthmus.devices import LinuxDevice, load_devices
from isthmus.errors import IsthmusError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from isthmus.devices import Device

    Outcome = check_routers.Found | check_linux.Found | IsthmusError

_AT_ONCE: Final = 16


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each device, in a table for each kind; the status is 1 if the login to one of them failed."""
    devices = chosen(arguments.names, load_devices(arguments.devices), arguments.devices)
    config = stack_config(devices, arguments.stack)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        outcomes = list(threads.map(partial(_outcome, config=config), devices))
    print(*_report(list(zip(devices, outcomes, strict=True))), sep="\n")
    return int(any(isinstance(outcome, IsthmusError) for outcome in outcomes))


def _outcome(device: Device, config: Mapping[str, str]) -> Outcome:
    try:
        return (
            check_linux.look(device, config) if isinstance(device, LinuxDevice) else check_routers.look(device, config)
        )
    except IsthmusError as error:
        return error


def _report(looked: Sequence[tuple[Device, Outcome]]) -> list[str]:
    routers = [(device, outcome) for device, outcome in looked if not isinstance(device, LinuxDevice)]
    hosts = [(device, outcome) for device, outcome in looked if isinstance(device, LinuxDevice)]
    between = [""] if routers and hosts else []
    lines = [*check_routers.table(routers), *between, *check_linux.tables(hosts)]
    warnings = [warning for _, outcome in looked for warning in getattr(outcome, "warnings", ())]
    return [*lines, *(coloured(f"warning: {warning}", "yellow") for warning in warnings)]
