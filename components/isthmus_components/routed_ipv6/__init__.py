"""IPv6 for clients elsewhere, by a network of their own behind the server."""

from isthmus_components.routed_ipv6.component import RoutedIpv6

__all__ = ["RoutedIpv6"]
