"""`/ipv6`: IPv6."""

from isthmus.routeros.ipv6 import firewall
from isthmus.routeros.ipv6.address import Address
from isthmus.routeros.ipv6.route import Route

__all__ = ["Address", "Route", "firewall"]
