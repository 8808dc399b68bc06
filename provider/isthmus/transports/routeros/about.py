"""What a router says about itself right after the login."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from isthmus.transports.routeros.sentence import Command, Reply

if TYPE_CHECKING:
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


def ask(wire: Wire) -> About:
    """Read version, board, identity and serial in one burst."""
    resource, identity, routerboard, licence = map(_row, wire.exchange([Command(f"{menu}/print") for menu in _MENUS]))
    return About(
        version=resource.get("version", "").partition(" ")[0],
        board=resource.get("board-name", ""),
        identity=identity.get("name", ""),
        serial=routerboard.get("serial-number") or licence.get("software-id") or licence.get("system-id", ""),
    )


def _row(reply: Reply) -> dict[str, str]:
    return dict(reply.rows[0]) if reply.rows else {}
