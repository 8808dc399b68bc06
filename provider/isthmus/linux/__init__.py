"""Resources on Linux hosts, named after what `ip` calls them: `ip link add type gre` is `linux.Gre`."""

from isthmus.linux.address import Address
from isthmus.linux.file import File, Folder
from isthmus.linux.links import (
    Bridge,
    BridgePort,
    Dummy,
    Gre,
    GreTap,
    Ip6Gre,
    Ip6GreTap,
    Ip6Tnl,
    Ipip,
    Macvlan,
    Sit,
    Tap,
    Tun,
    Veth,
    Vlan,
    Vrf,
    Vti,
    Vti6,
    Vxlan,
    WireGuard,
    WireGuardPeerArgs,
    Xfrm,
)
from isthmus.linux.neighbour import NeighbourProxy
from isthmus.linux.netns import Netns
from isthmus.linux.nft import NftTable
from isthmus.linux.openvpn import OpenVpnClient, OpenVpnPeer, OpenVpnServer
from isthmus.linux.package import Packages
from isthmus.linux.route import Route
from isthmus.linux.rule import Rule
from isthmus.linux.service import Service
from isthmus.linux.sets import AddressArgs, Addresses, LinkArgs, Links, RouteArgs, Routes, RuleArgs, Rules
from isthmus.linux.sysctl import Sysctl
from isthmus.linux.takeover import BridgeTakeover

__all__ = [
    "Address",
    "AddressArgs",
    "Addresses",
    "Bridge",
    "BridgePort",
    "BridgeTakeover",
    "Dummy",
    "File",
    "Folder",
    "Gre",
    "GreTap",
    "Ip6Gre",
    "Ip6GreTap",
    "Ip6Tnl",
    "Ipip",
    "LinkArgs",
    "Links",
    "Macvlan",
    "NeighbourProxy",
    "Netns",
    "NftTable",
    "OpenVpnClient",
    "OpenVpnPeer",
    "OpenVpnServer",
    "Packages",
    "Route",
    "RouteArgs",
    "Routes",
    "Rule",
    "RuleArgs",
    "Rules",
    "Service",
    "Sit",
    "Sysctl",
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
