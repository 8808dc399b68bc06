"""Which programs a host has, of those that resources need, and the Debian package that brings each."""

from __future__ import annotations

from isthmus_agent.programs import PACKAGES, present

DAEMONS = {"birdc": "bird2", "swanctl": "strongswan-swanctl"}
"""What hosts are often asked to run beside."""


def programs() -> dict[str, dict[str, str]]:
    """Return where each program is, '' if it is missing, and its package."""
    known = {**PACKAGES, **DAEMONS}
    return {name: {"path": present(name) or "", "package": known[name]} for name in sorted(known)}
