"""How a router is trusted: by its certificate first, then by its serial number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from isthmus.cli.devices.asking import Ask, always, confirmed
from isthmus.devices import LockEntry, RouterOSDevice, Tls
from isthmus.errors import DeviceError
from isthmus.transports.routeros import certificate_of, dial

_SHOWN: Final = (("serial", "serial"), ("version", "version"))


def trust(device: RouterOSDevice, config: Mapping[str, str], before: LockEntry | None, ask: Ask) -> LockEntry | None:
    """Show a router and ask; return what is to be recorded, None if it is not trusted."""
    if not device.tls:
        shown = certificate_of(device)
        if not (before and before.certificate == shown):
            print(f"{device.name}: shows the certificate of tls: {{pin: {shown}}}")
            if not ask(f"{device.name}: trust it and log in?"):
                return None
            ask = always
        device = device.model_copy(update={"tls": Tls(pin=shown)})
    return confirmed(device, _found(device, config), before, ask, _SHOWN)


def _found(device: RouterOSDevice, config: Mapping[str, str]) -> LockEntry:
    session = dial(device, config)
    session.close()
    if not session.serial:
        raise DeviceError(device.name, "tells no serial number: may its user read /system/license?")
    return LockEntry(serial=session.serial, version=session.version, certificate=session.fingerprint)
