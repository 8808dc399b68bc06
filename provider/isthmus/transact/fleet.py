"""All routers of this run, each made once."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from isthmus.devices import RouterOSDevice
from isthmus.transact.router import Router
from isthmus.transports.routeros import pool

_routers: dict[RouterOSDevice, Router] = {}
_guard = threading.Lock()


def router(device: RouterOSDevice, config: Mapping[str, str]) -> Router:
    """Return the run's router for a device; the same for all resources."""
    with _guard:
        if device not in _routers:
            _routers[device] = Router(device, pool(), config)
        return _routers[device]
