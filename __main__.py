"""Two offices, Seattle and Boise, joined by IPsec."""

import pulumi

from isthmus import routeros
from isthmus_components import Site, SiteToSiteIpsec

tunnel = SiteToSiteIpsec(
    "seattle-boise",
    left=Site(device="seattle", address="165.95.23.2", networks=["192.168.90.0/24"]),
    right=Site(device="boise", address="87.16.79.2", networks=["192.168.30.0/24"]),
    keep_alive=True,
)

routeros.ip.firewall.NatRules(
    "internet",
    device="seattle",
    chain="srcnat",
    rules=[
        {"action": "src-nat", "src_address": "192.168.90.25", "to_addresses": "165.95.23.3", "comment": "Mail"},
        {"action": "masquerade", "out_interface": "ether1", "comment": "Everybody else"},
    ],
)

pulumi.export("mtu", tunnel.mtu)
pulumi.export("mss", tunnel.mss)
