"""Isthmus's lab: emulated RouterOS routers and Linux hosts on one machine.

``EmulatedRouter`` runs one in this process; ``Control`` reaches what a router lacks and tests need: exports, faults,
counters; ``Certificate`` is what its ``api-ssl`` service shows. ``LabError`` is what the lab cannot do, ``Trap`` what
the router refuses.
"""

from isthmus_lab.control import Control
from isthmus_lab.emulated import EmulatedRouter
from isthmus_lab.errors import LabError
from isthmus_lab.linux.lab import Lab
from isthmus_lab.routeros.command import Command, Result, Trap
from isthmus_lab.routeros.faults import Where
from isthmus_lab.routeros.login import Method
from isthmus_lab.routeros.tls import Certificate

__all__ = [
    "Certificate",
    "Command",
    "Control",
    "EmulatedRouter",
    "Lab",
    "LabError",
    "Method",
    "Result",
    "Trap",
    "Where",
]
