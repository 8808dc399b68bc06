"""A bridge that takes over a port: the port goes under it, and all that made the port a way in moves up."""

from __future__ import annotations

from isthmus_agent.kinds.takeover.takeover import Takeover

__all__ = ["Takeover"]
