"""Whole deployments, built from the public resources of `isthmus`."""

from isthmus_components.bridged_ipv6 import BridgedIpv6
from isthmus_components.openvpn import Ipv6Client
from isthmus_components.routed_ipv6 import RoutedIpv6
from isthmus_components.site import Site
from isthmus_components.site_to_site_ipsec import End, SiteToSiteIpsec
from isthmus_components.suites import SUITES, Suite, SuiteName

__all__ = ["SUITES", "BridgedIpv6", "End", "Ipv6Client", "RoutedIpv6", "Site", "SiteToSiteIpsec", "Suite", "SuiteName"]
