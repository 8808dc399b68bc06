"""`/system`: the router itself."""

from isthmus.routeros.system.identity import Identity
from isthmus.routeros.system.scheduler import Scheduler
from isthmus.routeros.system.script import Script

__all__ = ["Identity", "Scheduler", "Script"]
