"""The RouterOS API: commands to a router and its replies, over pooled and verified sessions."""

from isthmus.transports.routeros.connection import Session
from isthmus.transports.routeros.dial import certificate_of, dial
from isthmus.transports.routeros.pool import Pool, pool
from isthmus.transports.routeros.sentence import Command, Reply

__all__ = ["Command", "Pool", "Reply", "Session", "certificate_of", "dial", "pool"]
