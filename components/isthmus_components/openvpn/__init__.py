"""What components share that bring IPv6 to clients through OpenVPN."""

from isthmus_components.openvpn.client import Ipv6Client
from isthmus_components.openvpn.overhead import Channel

__all__ = ["Channel", "Ipv6Client"]
