"""IPv6 for clients elsewhere, by a bridge with the server's own link."""

from isthmus_components.bridged_ipv6.component import BridgedIpv6

__all__ = ["BridgedIpv6"]
