"""All devices of this run, each made once."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from isthmus.devices import LinuxDevice, RouterOSDevice
from isthmus.transact.host import Host
from isthmus.transact.router import Router
from isthmus.transports import linux, routeros

_routers: dict[RouterOSDevice, Router] = {}
_hosts: dict[LinuxDevice, Host] = {}
_guard = threading.Lock()


def router(device: RouterOSDevice, config: Mapping[str, str]) -> Router:
    """Return the run's router for a device; the same for all resources."""
    with _guard:
        if device not in _routers:
            _routers[device] = Router(device, routeros.pool(), config)
        return _routers[device]


def host(device: LinuxDevice, config: Mapping[str, str]) -> Host:
    """Return the run's host for a device; the same for all resources."""
    with _guard:
        if device not in _hosts:
            _hosts[device] = Host(device, linux.pool(), config)
        return _hosts[device]
