"""Network managers: who configures a link at boot."""

from __future__ import annotations

from typing import Optional

from isthmus_agent.host import Host
from isthmus_agent.kinds.takeover.managers.manager import Manager

MANAGERS: tuple[type[Manager], ...] = ()
"""Those that are known, in the order in which they are asked."""

__all__ = ["MANAGERS", "Manager", "manager_of"]


def manager_of(host: Host, netns: str, dev: str) -> Optional[Manager]:  # noqa: UP045 - hosts may have Python 3.9
    """Return the manager of a link, None if nobody configures it."""
    if netns or host.netns:
        return None
    known = (manager(host) for manager in MANAGERS)
    return next((manager for manager in known if manager.manages(dev)), None)
