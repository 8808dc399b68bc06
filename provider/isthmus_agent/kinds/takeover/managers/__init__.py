"""Network managers: who configures a link at boot."""

from __future__ import annotations

from isthmus_agent.host import Host
from isthmus_agent.kinds.takeover.managers.clients import Client
from isthmus_agent.kinds.takeover.managers.ifupdown import Ifupdown
from isthmus_agent.kinds.takeover.managers.manager import Manager, Move, Plan
from isthmus_agent.kinds.takeover.managers.networkd import Networkd
from isthmus_agent.kinds.takeover.managers.networkmanager import NetworkManager

MANAGERS: tuple[type[Manager], ...] = (Networkd, NetworkManager, Ifupdown, Client)
"""Those that are known, in the order in which they are asked: daemons first, they know what they configure."""

__all__ = ["MANAGERS", "Manager", "Move", "Plan", "manager_named", "manager_of"]


def manager_of(host: Host, netns: str, dev: str) -> Manager | None:
    """Return the manager of a link, None if nobody configures it."""
    if netns or host.netns:
        return None
    known = (manager(host) for manager in MANAGERS)
    return next((manager for manager in known if manager.manages(dev)), None)


def manager_named(host: Host, name: str) -> Manager | None:
    """Return a manager by name."""
    return next((manager(host) for manager in MANAGERS if manager.name == name), None)
