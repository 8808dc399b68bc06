"""Words of example programs that tell more than the fewest would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple


class Source(NamedTuple):
    """A value that the program computes, such as an output of another resource."""

    text: str


OFFICE: Final = "192.168.90.0/24"
BRANCH: Final = "192.168.30.0/24"
_ENDS4: Final = {"local": "165.95.23.2", "remote": "87.16.79.2"}
_ENDS6: Final = {"local": "2001:db8:1::2", "remote": "2001:db8:2::2"}

BY_MENU: Final[Mapping[str, Mapping[str, Any]]] = {
    "/interface/bridge": {"vlan_filtering": True},
    "/interface/bridge/port": {"bridge": "bridge1", "interface": "ether2", "pvid": 20},
    "/interface/list": {"include": ["static"], "comment": "Everything that is not dynamic"},
    "/interface/list/member": {"list": "LAN", "interface": "ether2"},
    "/ip/address": {"address": "192.168.90.1/24", "interface": "ether2"},
    "/ip/firewall/address-list": {"list": "offices", "address": BRANCH},
    "/ip/firewall/filter": {"chain": "forward", "action": "accept", "dst_address": BRANCH},
    "/ip/firewall/mangle": {"chain": "prerouting", "action": "mark-routing", "new_routing_mark": "must-vpn"},
    "/ip/firewall/nat": {"chain": "srcnat", "action": "masquerade", "out_interface": "ether1"},
    "/ip/firewall/raw": {"chain": "prerouting", "action": "notrack", "src_address": OFFICE},
    "/ip/ipsec/identity": {"peer": "boise", "auth_method": "digital-signature", "certificate": ["seattle"]},
    "/ip/ipsec/peer": {"address": "87.16.79.2", "exchange_mode": "ike2", "profile": "modern"},
    "/ip/ipsec/policy": {"peer": ["boise"], "tunnel": True, "src_address": OFFICE, "dst_address": BRANCH},
    "/ip/ipsec/policy/group": {"comment": "Branches"},
    "/ip/ipsec/profile": {"dh_group": ["ecp384"], "enc_algorithm": ["aes-256"], "hash_algorithm": "sha256"},
    "/ip/ipsec/proposal": {"enc_algorithms": ["aes-256-gcm"], "pfs_group": "ecp384"},
    "/ip/ipsec/settings": {"xauth_use_radius": True},
    "/ip/pool": {"ranges": ["192.168.90.100-192.168.90.199"]},
    "/ip/route": {"dst_address": BRANCH, "gateway": "192.168.90.2"},
    "/routing/table": {"fib": True},
    "/system/identity": {"name": "seattle"},
    "/system/scheduler": {"interval": "5m", "on_event": ":log info alive"},
    "/system/script": {"source": ":log info hello"},
    "/tool/netwatch": {"host": "192.168.30.1", "src_address": "192.168.90.1", "interval": "30s"},
    "address": {"dev": "eth1", "address": "192.0.2.1/24"},
    "bridge-port": {"bridge": "br0", "dev": "eth1"},
    "file": {"path": "/etc/motd", "content": "Managed by Pulumi.\n", "mode": "0644"},
    "folder": {"path": "/etc/openvpn/ccd", "mode": "0750"},
    "link/bridge": {"name": "br0", "stp": True, "forward_delay": 4},
    "link/gre": {"name": "gre1", **_ENDS4, "ttl": 64, "mtu": 1442},
    "link/gretap": {"name": "gretap1", **_ENDS4},
    "link/ip6gre": {"name": "gre6", **_ENDS6},
    "link/ip6gretap": {"name": "gretap6", **_ENDS6},
    "link/ip6tnl": {"name": "tnl6", **_ENDS6, "mode": "any", "encaplimit": "none"},
    "link/ipip": {"name": "ipip1", **_ENDS4},
    "link/macvlan": {"name": "mac0", "link": "eth1", "mode": "bridge"},
    "link/sit": {"name": "he6", **_ENDS4, "ttl": 255, "mtu": 1480},
    "link/tap": {"name": "tap0", "owner": "openvpn"},
    "link/tun": {"name": "tun0", "owner": "openvpn"},
    "link/veth": {"name": "veth0", "peer": "veth1", "peer_netns": "private"},
    "link/vlan": {"name": "eth1.20", "link": "eth1", "vid": 20},
    "link/vrf": {"name": "blue", "table": 100},
    "link/vti": {"name": "vti1", **_ENDS4, "ikey": 1, "okey": 1, "mtu": 1438},
    "link/vti6": {"name": "vti6", **_ENDS6, "ikey": 6, "okey": 6, "mtu": 1406},
    "link/vxlan": {"name": "vx20", "vni": 20, **_ENDS4},
    "link/wireguard": {
        "name": "wg0",
        "private_key": Source("own.private_key"),
        "listen_port": 51820,
        "peers": [{"public_key": Source("branch.public_key"), "allowed_ips": [BRANCH], "endpoint": "87.16.79.2:51820"}],
    },
    "link/xfrm": {"name": "ipsec1", "if_id": 1, "mtu": 1438},
    "neighbour-proxy": {"address": "2001:db8::9", "dev": "eth0"},
    "netns": {"name": "private"},
    "nft/table": {
        "name": "guard",
        "content": """\
    chain input {
        type filter hook input priority filter; policy accept;
        udp dport { 500, 4500 } accept
        iifname "eth0" tcp dport 22 ct state new limit rate over 10/minute drop
    }
""",
    },
    "openvpn/client": {
        "name": "office",
        "dev": "tun0",
        "remote": ["vpn.example.com 1194 udp"],
        "ca": Source("ca.certificate"),
        "cert": Source("own.certificate"),
        "key": Source("own.private_key"),
    },
    "openvpn/peer": {
        "name": "boise",
        "dev": "tun0",
        "remote": ["87.16.79.2 1194"],
        "ifconfig": "10.8.0.1 10.8.0.2",
        "keepalive": "10 60",
        "route": [BRANCH],
        "cert": Source("own.certificate"),
        "key": Source("own.private_key"),
        "peer_fingerprint": Source("boise.fingerprint"),
    },
    "openvpn/server": {
        "name": "office",
        "dev": "tun0",
        "server": "10.8.0.0/24",
        "topology": "subnet",
        "keepalive": "10 60",
        "ca": Source("ca.certificate"),
        "cert": Source("own.certificate"),
        "key": Source("own.private_key"),
        "push": [f"route {OFFICE.removesuffix('/24')} 255.255.255.0"],
        "clients": {"boise": {"ifconfig_push": "10.8.0.9 255.255.255.0", "iroute": [BRANCH]}},
    },
    "packages": {"names": ["openvpn", "nftables"]},
    "route": {"dst": BRANCH, "via": "192.0.2.254", "mtu": 1400},
    "rule": {"priority": 1000, "from_": OFFICE, "table": 100},
    "service": {"name": "bird", "running": True, "enabled": True},
    "sysctl": {"name": "net.ipv4.ip_forward", "value": 1},
    "takeover": {"name": "br0", "port": "eth0"},
}
"""For a menu or kind with a class; one without an entry shows the words that it must have."""

_CERTIFICATES: Final = [
    'ca = CertificateAuthority("ca")',
    'own = Certificate("own", usage="{usage}", ca=ca)',
]
BEFORE: Final[Mapping[str, list[str]]] = {
    "link/wireguard": ['own = WireGuardKey("own")', 'branch = WireGuardKey("branch")'],
    "openvpn/client": [line.format(usage="client") for line in _CERTIFICATES],
    "openvpn/peer": ['own = Certificate("own", usage="both")', 'boise = Certificate("boise", usage="both")'],
    "openvpn/server": [line.format(usage="server") for line in _CERTIFICATES],
}
"""What an example stands on, by its menu or kind."""

BY_SET: Final[Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]] = {
    "address": ({"dev": "eth1", "address": "192.0.2.1/24"}, {"dev": "eth1", "address": "2001:db8::1/64"}),
    "link": (
        {"kind": "gre", "name": "gre1", **_ENDS4},
        {"kind": "vlan", "name": "eth1.20", "link": "eth1", "vid": 20},
    ),
    "route": ({"dst": BRANCH, "via": "192.0.2.254"}, {"dst": "10.0.0.0/8", "type": "blackhole"}),
    "rule": (
        {"priority": 1000, "from_": OFFICE, "table": 100},
        {"priority": 1001, "fwmark": 1, "action": "unreachable"},
    ),
}
"""For a set of objects on a Linux host, a row for each of the two forms."""

BY_NAME: Final[Mapping[str, Mapping[str, Any]]] = {
    "Certificate": {"usage": "server", "names": ["vpn.example.com"]},
    "CertificateAuthority": {"common_name": "VPN of the offices"},
    "Secret": {"length": 32, "rotation": "2026-01"},
    "routeros.Command": {"path": "/ip/ipsec/installed-sa/flush", "triggers": ["2026-01"]},
    "routeros.Item": {
        "menu": "/interface/vlan",
        "properties": {"name": "office", "vlan-id": 20, "interface": "ether2"},
    },
    "routeros.Settings": {"menu": "/ip/dns", "properties": {"allow-remote-requests": False}},
}
"""For what declares no menu."""

SECOND: Final[Mapping[str, str]] = {
    "/ip/firewall/address-list": OFFICE,
    "/ipv6/firewall/address-list": "2001:db8:90::/48",
}
"""What tells the second row of an example from the first, by the menu of a list whose rows have a key."""
