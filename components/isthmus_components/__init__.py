"""Whole deployments, built from the public resources of `isthmus`."""

from isthmus_components.site import Site
from isthmus_components.site_to_site_ipsec import End, SiteToSiteIpsec
from isthmus_components.suites import SUITES, Suite, SuiteName

__all__ = ["SUITES", "End", "Site", "SiteToSiteIpsec", "Suite", "SuiteName"]
