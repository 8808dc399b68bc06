"""How a Linux host is trusted: by its host key first, and by that of its jump host, then by its machine id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from isthmus.cli.devices.asking import Ask, always, confirmed
from isthmus.devices import LinuxDevice, LockEntry
from isthmus.transports.linux import enter

_SHOWN: Final = (("serial", "machine id"), ("version", "kernel"))


def trust(device: LinuxDevice, config: Mapping[str, str], before: LockEntry | None, ask: Ask) -> LockEntry | None:
    """Show a host and ask; return what is to be recorded, None if it is not trusted."""
    keys = before or LockEntry(serial="", version="")
    for jump in (True, False) if device.jump else (False,):
        if device.connection == "local":
            break
        word = "jump_host_key" if jump else "host_key"
        shown = _shown(device, config, keys, jump=jump)
        if shown and shown != getattr(before, word, None):
            if not ask(f"{device.name}: trust it and log in?"):
                return None
            ask = always
            keys = keys.model_copy(update={word: shown})
    return confirmed(device, _found(device, config, keys), before, ask, _SHOWN)


def _shown(device: LinuxDevice, config: Mapping[str, str], keys: LockEntry, *, jump: bool) -> str:
    """Return the key that a machine shows, and print it if it is new; '' where another place vouches for one."""
    from isthmus.transports.linux.ssh import shown_key, vouched  # paramiko is slow to import

    if vouched(device, jump=jump):
        return ""
    kind, shown = shown_key(device, config, keys, jump=jump)
    was = keys.jump_host_key if jump else keys.host_key
    if shown != was:
        who = "the jump host shows" if jump else "shows"
        print(f"{device.name}: {who} the host key {shown} ({kind})" + (f"  (was {was})" if was else ""))
    return shown


def _found(device: LinuxDevice, config: Mapping[str, str], keys: LockEntry) -> LockEntry:
    session = enter(device, config, keys)
    session.close()
    return LockEntry(
        serial=session.about["machine"],
        version=session.about["kernel"],
        host_key=session.host_key,
        jump_host_key=session.jump_host_key,
    )
