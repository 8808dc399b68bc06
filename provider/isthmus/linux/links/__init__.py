"""Links, by kind as `ip link add type` names them (ip-link(8))."""

from isthmus.linux.links.base import Link
from isthmus.linux.links.switching import Bridge, BridgePort, Dummy, Macvlan, Veth, Vlan, Vrf, Vxlan
from isthmus.linux.links.tunnels import Gre, GreTap, Ip6Gre, Ip6GreTap, Ip6Tnl, Ipip, Sit, Vti, Vti6, Xfrm
from isthmus.linux.links.tuntap import Tap, Tun
from isthmus.linux.links.wireguard import WireGuard, WireGuardPeerArgs

__all__ = [
    "Bridge",
    "BridgePort",
    "Dummy",
    "Gre",
    "GreTap",
    "Ip6Gre",
    "Ip6GreTap",
    "Ip6Tnl",
    "Ipip",
    "Link",
    "Macvlan",
    "Sit",
    "Tap",
    "Tun",
    "Veth",
    "Vlan",
    "Vrf",
    "Vti",
    "Vti6",
    "Vxlan",
    "WireGuard",
    "WireGuardPeerArgs",
    "Xfrm",
]
