"""What a Linux host of a lab is to the lab, whatever it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from isthmus_lab.linux.keys import KeyPair
    from isthmus_lab.topology import LinuxNode


@dataclass(frozen=True, slots=True)
class Plan:
    """What a host is made from.

    ``store`` is a folder of the host's own that outlives its reboots and ends with the lab. ``namespace`` is the file
    of its network namespace, which the lab makes anew and wires before each start. ``log`` is the file, for people,
    to which its programs write. ``host_key`` is sshd's, ``authorized`` the public key of who may log in.
    """

    name: str
    node: LinuxNode
    store: Path
    namespace: Path
    log: Path
    host_key: KeyPair
    authorized: str


class Host(Protocol):
    """A Linux host: light, or whole.

    The lab makes the network namespace, wires it, and calls :meth:`start`; at a reboot it calls :meth:`stop`, throws
    the namespace away, makes and wires a new one, and calls :meth:`start` again. Both block, and raise
    :class:`LabError` naming the host where they fail.
    """

    @property
    def pid(self) -> int | None:
        """A process in all of the host's namespaces, as ``/proc`` of the machine counts it; None while it is down."""

    @property
    def asks_for_reboot(self) -> bool:
        """Whether it has ended itself to be booted again, as by ``reboot`` in it."""

    def start(self) -> None:
        """Boot it, and return when programs can run in it and its sshd has been started."""

    def stop(self) -> None:
        """End everything that runs in it; return when nothing does. One that is down already is no error."""

    def check(self) -> None:
        """Raise :class:`LabError` where something that it was told to run has failed already."""

    def entering(self, command: Sequence[str]) -> list[str]:
        """Give the words that run a command in it, from any place where the machine's ``/proc`` is seen."""
