"""What the agent tells of its host: in few words at every login, at length when it is asked."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import Any

from isthmus_agent.about_modules import modules
from isthmus_agent.about_programs import programs
from isthmus_agent.about_system import clock, forwarding
from isthmus_agent.host import Host


def about(host: Host) -> dict[str, Any]:
    """Say what the host is."""
    return {
        "kernel": platform.release(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "hostname": platform.node(),
        "root": os.geteuid() == 0,
        "machine": machine(),
        "netns": host.netns,
    }


def abilities(_host: Host) -> dict[str, Any]:
    """Say what the host can do: modules and programs, forwarding, clock."""
    return {"modules": modules(), "programs": programs(), "forwarding": forwarding(), "clock": clock()}


def machine() -> str:
    """Return what tells the machine from any other: its id (machine-id(5)), else its board's; '' without either."""
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id", "/sys/class/dmi/id/product_uuid"):
        try:
            found = Path(place).read_text().strip()
        except OSError:
            continue
        if found:
            return found
    return ""
