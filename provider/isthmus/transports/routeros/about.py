"""What a router says about itself right after the login."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from isthmus.errors import LoginRefused
from isthmus.transports.routeros.sentence import Command, Reply

if TYPE_CHECKING:
    from isthmus.devices import RouterOSDevice
    from isthmus.transports.routeros.wire import Wire

_MENUS = ("/system/resource", "/system/identity", "/system/routerboard", "/system/license")


@dataclass(frozen=True, slots=True)
class About:
    """A router's own words.

    ``version`` is bare: ``7.16.1``. ``serial`` is a RouterBOARD's serial number, elsewhere the licence's software-id
    or, on a CHR, its system-id; empty where the router tells none of them.
    """

    version: str
    board: str
    identity: str
    serial: str


def ask(wire: Wire, device: RouterOSDevice) -> About:
    """Read version, board, identity and serial in one burst. Raises LoginRefused where the user may not read."""
    resource, *others = wire.exchange([Command(f"{menu}/print") for menu in _MENUS])
    if not (version := _row(resource).get("version")):
        raise LoginRefused(device.name, _not_told(device, resource.error))
    identity, routerboard, licence = map(_row, others)
    return About(
        version=version.partition(" ")[0],
        board=_row(resource).get("board-name", ""),
        identity=identity.get("name", ""),
        serial=routerboard.get("serial-number") or licence.get("software-id") or licence.get("system-id", ""),
    )


def _row(reply: Reply) -> dict[str, str]:
    return dict(reply.rows[0]) if reply.rows else {}


def _not_told(device: RouterOSDevice, error: str | None) -> str:
    why = error or "no version in its answer"
    return f"lets {device.user} in but not read /system/resource ({why}): give the user's group the policy read"
