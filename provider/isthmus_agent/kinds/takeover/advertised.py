"""Router advertisements: whether a link takes them, and the wait until it has heard one."""

from __future__ import annotations

import time
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.route import Route
from isthmus_agent.within import within

PATIENCE = 15
"""Seconds to wait for a router to answer: solicitations begin after duplicate address detection, 4 s apart."""
_CONF = Path("/proc/sys/net/ipv6/conf")
_FOLLOWING = ("disable_ipv6", "autoconf", "accept_ra_defrtr", "accept_ra_pinfo", "use_tempaddr", "addr_gen_mode")
"""What the bridge has as the port had it."""


def follow(netns: str, port: str, bridge: str) -> None:
    """Let a bridge take advertisements as its port did, though the host forwards (`accept_ra=2`, ip-sysctl)."""
    with within(netns):
        if not (_CONF / port).exists():
            return
        for name in _FOLLOWING:
            value = _value(port, name)
            if value and value != _value(bridge, name):
                _set(bridge, name, value)
        # A host that forwards, now or later, would ignore advertisements by 1.
        _set(bridge, "accept_ra", "2" if _value(port, "accept_ra") not in ("", "0") else "0")


def takes(netns: str, dev: str) -> bool:
    """Tell whether a link takes router advertisements."""
    with within(netns):
        value = _value(dev, "accept_ra") if dev else ""
        return value == "2" or (value == "1" and _value(dev, "forwarding") == "0")


def routers(host: Host, netns: str, dev: str) -> list[str]:
    """Return the routers that a link has learnt of by advertisements."""
    routes = Route().list(host, netns)
    return [str(props.get("via")) for props in routes if props.get("proto") == "ra" and props.get("dev") == dev]


def leave(host: Host, netns: str, dev: str) -> None:
    """Forget the routes that a link has learnt: under a bridge it hears nobody, and they would lead nowhere.

    The route to the announced network stays behind when its address goes, so it is looked for too.
    """
    for props in Route().list(host, netns):
        if props.get("dev") == dev and (props.get("proto") == "ra" or _to_a_network(props)):
            Route().remove(host, props)


def _to_a_network(route: dict[str, object]) -> bool:
    kernels = route.get("proto") == "kernel" and route.get("type") == "unicast"
    return kernels and ":" in str(route["dst"]) and not str(route["dst"]).startswith("f")


def wait(host: Host, netns: str, dev: str) -> None:
    """Wait until a link has learnt of a router; Refused if none answers."""
    deadline = time.monotonic() + PATIENCE
    while not routers(host, netns, dev):
        if time.monotonic() > deadline:
            said = f"no router has advertised itself to {dev} within {PATIENCE} s, as one did before"
            raise Refused(f"{said}; nothing is changed")
        time.sleep(0.1)


def _value(dev: str, name: str) -> str:
    path = _CONF / dev / name
    return path.read_text().strip() if path.exists() else ""


def _set(dev: str, name: str, value: str) -> None:
    path = _CONF / dev / name
    if value and path.exists():
        path.write_text(f"{value}\n")
