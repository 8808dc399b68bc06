"""Packets that match a tunnel's policy all the time, so that its keys are there before anybody needs them."""

from __future__ import annotations

from isthmus import routeros
from isthmus.routeros.system import Scheduler
from isthmus.routeros.tool import Netwatch
from isthmus_components.site import Address
from isthmus_components.site_to_site_ipsec.release import release
from isthmus_components.site_to_site_ipsec.side import Side

KeepAlive = Netwatch | Scheduler

INTERVAL = "10s"
_NETWATCH_SENDS_FROM = (7, 11)
"""The version whose Netwatch takes a source address (recorded)."""


def keep_alive(side: Side) -> KeepAlive:
    """Ping the other router's LAN address from one's own: by Netwatch, or by a scheduled ping where it cannot.

    Where the version is not known before a router is asked, the scheduled ping is taken, which every version has.
    """
    version = side.own.routeros or routeros.version_of(side.own.device)
    return _netwatch(side) if netwatch_can(version) else _scheduled_ping(side)


def netwatch_can(version: str | None) -> bool:
    """Tell whether Netwatch of this version takes a source address; of an unknown one nobody can say so."""
    return version is not None and release(version) >= _NETWATCH_SENDS_FROM


def ping(src: Address, dst: Address) -> str:
    """Return the command that sends one packet through the tunnel."""
    return f"/ping {dst} src-address={src} count=1"


def _netwatch(side: Side) -> Netwatch:
    return Netwatch(
        side.called("keep-alive"),
        device=side.own.device,
        host=str(side.other_lan),
        src_address=str(side.lan),
        interval=INTERVAL,
        comment=side.comment("keep-alive"),
        opts=side.opts,
    )


def _scheduled_ping(side: Side) -> Scheduler:
    return Scheduler(
        side.called("keep-alive"),
        device=side.own.device,
        name=f"{side.agreed.name}-keep-alive",
        interval=INTERVAL,
        on_event=ping(side.lan, side.other_lan),
        policy=["read", "test"],
        comment=side.comment("keep-alive"),
        opts=side.opts,
    )
