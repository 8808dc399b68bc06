"""What `isthmus devices check` says of Linux hosts: what each is, and what it can do."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from isthmus.cli.devices.table import failed, table
from isthmus.devices import LinuxDevice, lock_entry
from isthmus.errors import IsthmusError
from isthmus.transports.linux import Call, dial

_TITLES: Final = ("DEVICE", "KERNEL", "HOSTNAME", "PYTHON", "FORWARDING", "CLOCK", "MACHINE", "HOST KEY")
_ABILITIES: Final = ("DEVICE", "WHAT", "STATE", "NAMES")
_STATES: Final = ("built in", "loaded", "loadable", "missing", "not told")


@dataclass(frozen=True, slots=True)
class Found:
    """A host that was reached. ``skew`` is how many seconds its clock is before ours."""

    about: Mapping[str, Any]
    abilities: Mapping[str, Any]
    skew: float
    host_key: str | None
    warnings: tuple[str, ...]


def look(device: LinuxDevice, config: Mapping[str, str]) -> Found:
    """Log in to a host, and ask what it is and can do."""
    session = dial(device, config, lock_entry(device.name, device.folder))
    try:
        (abilities,) = session.calls([Call("abilities", {})])
        skew = float(abilities["clock"]["now"]) - time.time()  # the host looks at its clock last
    finally:
        session.close()
    return Found(session.about, abilities, skew, session.host_key, session.warnings)


def tables(looked: Sequence[tuple[LinuxDevice, Any]]) -> list[str]:
    """Return a table of the hosts, and one of what those can do that were reached."""
    hosts = table(_TITLES, [_host(device, outcome) for device, outcome in looked])
    reached = [(device, outcome) for device, outcome in looked if isinstance(outcome, Found)]
    abilities = table(_ABILITIES, [row for device, found in reached for row in _abilities(device.name, found)])
    return [*hosts, *([""] if abilities else []), *abilities]


def _host(device: LinuxDevice, outcome: Found | IsthmusError) -> list[str]:
    if isinstance(outcome, IsthmusError):
        return failed(device.name, outcome)
    about, can = outcome.about, outcome.abilities
    forwards = " ".join(family for family, on in can["forwarding"].items() if on) or "none"
    key = outcome.host_key or "none, it is this machine"
    clock = _clock(outcome.skew, can["clock"]["synchronised"])
    return [device.name, about["kernel"], about["hostname"], about["python"], forwards, clock, about["machine"], key]


def _clock(skew: float, synchronised: bool | None) -> str:  # noqa: FBT001 - as the host tells it
    kept = {True: "synchronised", False: "not synchronised", None: "not told"}[synchronised]
    return f"{skew:+.1f} s, {kept}"


def _abilities(name: str, found: Found) -> list[list[str]]:
    modules, programs = found.abilities["modules"], found.abilities["programs"]
    present = [program for program in programs if programs[program]["path"]]
    missing = [f"{program} (package {programs[program]['package']})" for program in programs if program not in present]
    rows = [("modules", state, [each for each in modules if modules[each] == state]) for state in _STATES]
    rows += [("programs", "present", present), ("programs", "missing", missing)]
    return [[name, what, state, ", ".join(names)] for what, state, names in rows if names]
