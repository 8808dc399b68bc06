"""What else is on a link, kept while something on it is made anew.

The kernel takes more away than it is asked to: with an address go others of its network, and with the last one all
routes of the link; with a link, everything on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Props


@contextmanager
def keeping(host: Host, netns: str, dev: str) -> Iterator[None]:
    """Put back what of others went with a change of a link or of an address on it."""
    before = {kind: _on(host, kind, netns, dev) for kind in _kinds()}
    yield
    for kind, there in before.items():
        here = {kind.key(props) for props in _on(host, kind, netns, dev)}
        for props in there:
            if kind.key(props) not in here:
                with suppress(NetlinkError, Refused):
                    kind.make(host, props, "")


def _kinds() -> list[Kind]:
    """Return the kinds of what may be on a link, those first that others need."""
    from isthmus_agent.kinds.address import Address
    from isthmus_agent.kinds.route import Route

    return [Address(), Route()]


def _on(host: Host, kind: Kind, netns: str, dev: str) -> list[Props]:
    """Return what is on a link, but for what the kernel itself puts there."""
    return [
        props
        for props in kind.list(host, netns)
        if (props.get("dev") == dev or any(f"dev {dev}" in hop for hop in props.get("nexthops") or []))
        and props.get("proto") not in ("kernel", "ra")
    ]
