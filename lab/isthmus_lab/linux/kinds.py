"""Which kind of host a node is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.errors import LabError
from isthmus_lab.linux.light.host import LightHost

if TYPE_CHECKING:
    from isthmus_lab.linux.host import Host, Plan


def host_of(plan: Plan) -> Host:
    """Give the host that a plan asks for, not started yet."""
    if plan.node.whole:
        raise LabError(f"{plan.name}: whole hosts are not there yet: leave out whole")
    return LightHost(plan)
