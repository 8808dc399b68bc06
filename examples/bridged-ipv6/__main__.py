"""IPv6 for a laptop that has none: it joins the link of a server whose provider gave it one /64."""

import pulumi

from isthmus_components import BridgedIpv6, Ipv6Client

config = pulumi.Config()

laptop = Ipv6Client(name="laptop", address=config.get("address"), router=config.get("router"))
ipv6 = BridgedIpv6("ipv6", device="server", port="eth0", remote="203.0.113.5", clients=[laptop])

pulumi.export("mtu", ipv6.mtu)
pulumi.export("bridge", ipv6.bridge)
pulumi.export("profile", ipv6.profiles["laptop"])
pulumi.export("windows", ipv6.windows["laptop"])
