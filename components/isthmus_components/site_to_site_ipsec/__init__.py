"""Two sites, joined by IPsec in tunnel mode."""

from isthmus_components.site_to_site_ipsec.component import SiteToSiteIpsec
from isthmus_components.site_to_site_ipsec.end import End

__all__ = ["End", "SiteToSiteIpsec"]
