"""Which kind of host a node is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.linux.light.host import LightHost
from isthmus_lab.linux.whole.host import WholeHost

if TYPE_CHECKING:
    from isthmus_lab.linux.host import Host, Plan


def host_of(plan: Plan) -> Host:
    """Give the host that a plan asks for, not started yet."""
    return WholeHost(plan) if plan.node.whole else LightHost(plan)
