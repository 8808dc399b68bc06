"""Linux hosts: calls to the agent that runs there, over SSH or on this machine."""

from isthmus.transports.linux.dial import dial, enter
from isthmus.transports.linux.pool import Pool, pool
from isthmus.transports.linux.session import Call, Refusal, Session

__all__ = ["Call", "Pool", "Refusal", "Session", "dial", "enter", "pool"]
