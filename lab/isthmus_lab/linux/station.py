"""A Linux node of a running lab: its host, its wiring, and the way in."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from isthmus_lab.linux import management, namespaces, wiring
from isthmus_lab.linux.host import Host, Plan
from isthmus_lab.linux.keys import KeyPair
from isthmus_lab.linux.kinds import host_of

if TYPE_CHECKING:
    from isthmus_lab.linux.fabric import Fabric
    from isthmus_lab.linux.folder import Folder
    from isthmus_lab.topology import Topology


class Station:
    """Boots one node again and again, with its wires plugged in."""

    def __init__(self, name: str, topology: Topology, fabric: Fabric, folder: Folder, authorized: str) -> None:
        self.name = name
        self.node = topology.hosts[name]
        self.way = management.way(name, self.node)
        self.host_key = KeyPair.generate()
        self._plugs = topology.plugs(name)
        self._fabric = fabric
        self._booting = Lock()
        self.host: Host = host_of(
            Plan(
                name=name,
                node=self.node,
                store=folder.store / name,
                namespace=namespaces.FOLDER / name,
                log=folder.path / f"{name}.log",
                host_key=self.host_key,
                authorized=authorized,
            )
        )

    def wire(self) -> None:
        """Make its network namespace anew, with everything in it that a boot finds."""
        wiring.make_namespace(self.name)
        wiring.wire(self._fabric, self.name, self.node, self._plugs)

    def reboot(self) -> None:
        """End everything in it, forget its network, and boot it again."""
        with self._booting:
            self._reboot()

    def reboot_if_asked(self) -> None:
        """Boot it again if it has ended itself for that."""
        with self._booting:
            if self.host.asks_for_reboot:
                self._reboot()

    def _reboot(self) -> None:
        self.host.stop()
        self.wire()
        self.host.start()
