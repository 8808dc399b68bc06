"""`/ip`: IPv4."""

from isthmus.routeros.ip import firewall, ipsec
from isthmus.routeros.ip.address import Address

__all__ = ["Address", "firewall", "ipsec"]
