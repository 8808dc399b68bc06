"""The offices in Seattle and Boise, joined by IPsec as the guide has it."""

import pulumi

from isthmus_components import Site, SiteToSiteIpsec

config = pulumi.Config()

tunnel = SiteToSiteIpsec(
    "seattle-boise",
    left=Site(
        device="seattle",
        address="165.95.23.2",
        networks=["192.168.90.0/24"],
        lan_address="192.168.90.1",
    ),
    right=Site(
        device="boise",
        address="87.16.79.2",
        networks=["192.168.30.0/24"],
        lan_address="192.168.30.1",
    ),
    suite="aes-128",
    rotation=config.get("rotation"),
    keep_alive=True,
    rekey="now",
)

pulumi.export("mtu", tunnel.mtu)
pulumi.export("mss", tunnel.mss)
pulumi.export("seattle", tunnel.left.built)
pulumi.export("boise", tunnel.right.built)
