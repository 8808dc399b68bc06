"""`/ip`: IPv4."""

from isthmus.routeros.ip import firewall, ipsec
from isthmus.routeros.ip.address import Address
from isthmus.routeros.ip.pool import Pool
from isthmus.routeros.ip.route import Route

__all__ = ["Address", "Pool", "Route", "firewall", "ipsec"]
