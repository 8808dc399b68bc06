"""A lab that stands: its links, hosts, routers and the ways in, inside the process that keeps it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Self

from isthmus_lab.background import Background
from isthmus_lab.errors import LabError
from isthmus_lab.linux import management, namespaces, outputs, programs, readiness, routers
from isthmus_lab.linux.fabric import Fabric
from isthmus_lab.linux.forward import Forwarders, listener
from isthmus_lab.linux.keys import KeyPair
from isthmus_lab.linux.running import RunningHost
from isthmus_lab.linux.station import Station
from isthmus_lab.linux.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from isthmus_lab.linux.folder import Folder
    from isthmus_lab.topology import Topology

_AT_ONCE: Final = 4
"""Hosts that are started side by side."""


class Standing:
    """Everything of a lab, from entering it to leaving it."""

    def __init__(self, topology: Topology, folder: Folder, listen: str) -> None:
        self._topology = topology
        self._folder = folder
        self._listen = listen
        self._key = KeyPair.generate()
        self._fabric = Fabric(topology.links)
        self._stations: dict[str, Station] = {}
        self._rest = ExitStack()
        self._since = time.time()

    def __enter__(self) -> Self:
        with ExitStack() as undone:
            undone.callback(self._rest.close)
            self._mount()
            self._fabric.make()
            self._make_stations()
            self._open_ways()
            self._run_routers()
            outputs.write(self._folder, self._key.private, self._hosts, self._routers)
            self._wait()
            self._watch()
            undone.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._rest.close()

    def status(self) -> dict[str, Any]:
        """Say what stands, as data that JSON can hold."""
        return {
            "name": self._folder.name,
            "since": self._since,
            "hosts": {name: self._told(name) for name in self._stations},
            "routers": {
                name: {"host": router.host, "port": router.port, "version": self._topology.routers[name].version}
                for name, router in self._routers.items()
            },
        }

    def reboot(self, node: str) -> None:
        """Boot a host anew, and return when its SSH answers."""
        if node not in self._stations:
            raise LabError(f"{node} is no Linux host of this lab; there are {', '.join(self._stations)}")
        self._stations[node].reboot()
        self._wait([node])

    def _mount(self) -> None:
        """Make room for the hosts' files and the namespaces' names, where only the keeper and its children see it."""
        for at in (self._folder.store, namespaces.FOLDER):
            at.mkdir(parents=True, exist_ok=True)
            programs.run(["mount", "-t", "tmpfs", "-o", "mode=0700", "isthmus-lab", str(at)])

    def _make_stations(self) -> None:
        for name in self._topology.hosts:
            self._stations[name] = Station(
                name, self._topology, self._fabric, self._folder, f"{self._key.public} {self._folder.name}"
            )
        for name, station in self._stations.items():
            station.wire()
            management.make(self._fabric, name, self._topology)
        self._rest.callback(_each, [station.host.stop for station in self._stations.values()])
        _each([station.host.start for station in self._stations.values()])

    def _open_ways(self) -> None:
        ways = {name: station.way for name, station in self._stations.items()}
        listeners = {
            name: self._rest.enter_context(listener(self._listen, station.node.ssh.port or 0))
            for name, station in self._stations.items()
        }
        self._hosts = {
            name: RunningHost(self._listen, listeners[name].getsockname()[1], station.node.ssh.user, station.host_key)
            for name, station in self._stations.items()
        }
        forwarding = Background("forward", Forwarders(ways, listeners))
        forwarding.start()
        self._rest.callback(forwarding.close)

    def _run_routers(self) -> None:
        self._routers = {
            name: self._rest.enter_context(routers.running(f"{self._folder.name}.{name}", node.version))
            for name, node in self._topology.routers.items()
        }

    def _watch(self) -> None:
        watching = Watch(list(self._stations.values()))
        watching.start()
        self._rest.callback(watching.close)

    def _wait(self, nodes: Iterable[str] | None = None) -> None:
        for name in self._stations if nodes is None else nodes:
            readiness.wait(name, self._hosts[name])
            self._stations[name].host.check()

    def _told(self, name: str) -> dict[str, Any]:
        host, station = self._hosts[name], self._stations[name]
        through = station.node.ssh.through
        return {
            "pid": station.host.pid,
            "whole": station.node.whole,
            "host": host.host,
            "port": host.port,
            "user": host.user,
            "through": through,
            "enter": station.host.entering([]) if station.host.pid else None,
        }


def _each(tasks: Iterable[Callable[[], None]]) -> None:
    """Do things side by side; raise what the first of them raised, once all are done."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for done in [threads.submit(task) for task in tasks]:
            done.result()
