"""The bridge of a takeover, and its port, in the kernel."""

from __future__ import annotations

from typing import Any

from pyroute2 import IPRoute

from isthmus_agent.errors import Refused
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links.alias import join
from isthmus_agent.kinds.links.netlink import data_of, index_of, kind_of, message_of

BRIDGE = "bridge"
USUAL: Props = {"stp": False, "forward_delay": 0}
"""What a bridge has unless it is told otherwise: it forwards at once."""
_LOOPBACK = 0x8
_HUNDREDTHS = 100


def shown(message: Any) -> Props:
    """Return a bridge's own settings; Refused for a link of another kind."""
    if kind_of(message) != BRIDGE:
        raise Refused(f"the name is in use by a link of kind {kind_of(message) or 'ethernet'}", "name")
    data = data_of(message)
    return {
        "address": message.get("address"),
        "mtu": message.get("mtu"),
        "stp": bool(data.get("IFLA_BR_STP_STATE")),
        "forward_delay": round(int(data.get("IFLA_BR_FORWARD_DELAY") or 0) / _HUNDREDTHS),
        "alias": message.get("ifalias") or "",
    }


def free(route: IPRoute, port: str) -> Any:
    """Return what the kernel tells of a port; Refused for one that cannot go under a bridge."""
    message = message_of(route, port)
    if message is None:
        raise Refused(f"there is no link {port!r} on this host: `ip link` lists them", "port")
    if message.get("master"):
        (master,) = route.get_links(message.get("master"))
        raise Refused(f"{port} is already under {master.get('ifname')}: use linux.BridgePort there", "port")
    if kind_of(message) == BRIDGE:
        raise Refused(f"{port} is a bridge itself", "port")
    if message["flags"] & _LOOPBACK:
        raise Refused(f"{port} is the loopback, which cannot go under a bridge: name a card", "port")
    return message


def make(route: IPRoute, wanted: Props, mark: str) -> None:
    """Make the bridge: its MAC address is given, so that it stays whatever joins."""
    settings = words({**USUAL, **wanted})
    route.link("add", ifname=wanted["name"], kind=BRIDGE, address=wanted["address"], mtu=wanted["mtu"], **settings)
    route.link("set", index=index_of(route, wanted["name"]), ifalias=join("", mark), state="up")


def change(route: IPRoute, name: str, different: Props) -> None:
    """Change the bridge's own settings."""
    settings = words(different)
    if settings:
        route.link("set", index=index_of(route, name), kind=BRIDGE, **settings)
    if different.get("mtu"):
        route.link("set", index=index_of(route, name), mtu=different["mtu"])


def enslave(route: IPRoute, port: str, name: str) -> None:
    """Put a port under the bridge, '' out of it."""
    route.link("set", index=index_of(route, port), master=index_of(route, name) if name else 0, state="up")


def has(route: IPRoute, index: int, port: str) -> bool:
    """Tell whether a port is under the bridge with an index."""
    message = message_of(route, port) if port else None
    return message is not None and message.get("master") == index


def words(props: Props) -> dict[str, Any]:
    """Return settings as netlink has them: times in hundredths of a second."""
    stp = {"br_stp_state": int(props["stp"])} if "stp" in props else {}
    delay = {"br_forward_delay": int(props["forward_delay"]) * _HUNDREDTHS} if "forward_delay" in props else {}
    return {**stp, **delay}
