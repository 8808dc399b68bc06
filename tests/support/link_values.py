"""A value, and another, for every property of every kind of link: `tests/unit/agent/test_links.py` tries them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEY = "iFUtmT6xTsY2MTFIAjPMAl5mTqFsTxfZ8B9wWk2s13g="
OTHER_KEY = "mGR0Q9hO1Z7Nf0Ww0pYyM4Ue0cH1o0k8cJ7Wn0VtC2A="
PEER = "GtL7fZc3O0KFZ8v6rX6b0r2rZ8L3v5Zl0Z1xY1r0vHc="
SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

UNDER, OTHER_UNDER = "under0", "under1"
"""Links of the scenery that others stand on."""


@dataclass(frozen=True)
class Tried:
    """Values of one property. needs: what else the link must have for it, None for what it must not have."""

    value: Any
    other: Any = None
    needs: Mapping[str, Any] = field(default_factory=dict)


def both(value: Any, other: Any, **needs: Any) -> Tried:
    """Return two values, with what they need."""
    return Tried(value=value, other=other, needs=needs)


def on(**needs: Any) -> Tried:
    """Return a switch that is off by default."""
    return Tried(value=True, other=False, needs=needs)


OFF = Tried(value=False, other=True)
"""A switch that is on by default."""
COMMON = {
    "mtu": both(1300, 1340),
    "up": OFF,
    "alias": both("To Boise", "To Seattle [spare]"),
    "txqueuelen": both(700, 800),
    "group": both(7, 8),
    "multicast": Tried(value=True, other=False),
    "arp": OFF,
    "master": both("red", "blue"),
    "addrgenmode": both("none", "random"),
    "address": both("02:00:5e:00:53:01", "02:00:5e:00:53:02"),
    "link": both(UNDER, OTHER_UNDER),
    "link_netns": both("", None),
    "netns": both("", None),
}
OVER4 = {
    "local": both("192.0.2.7", "192.0.2.8"),
    "remote": both("192.0.2.17", "192.0.2.18"),
    "ttl": both(32, 33),
    "tos": both(16, 1),
    "pmtudisc": both(value=False, other=True, ttl=0),
    "fwmark": both(17, 0xFFFFFFFF),
}
OVER6 = {
    "local": both("2001:db8::7", "2001:db8::8"),
    "remote": both("2001:db8::17", "2001:db8::18"),
    "hoplimit": both(32, 0),
    "tclass": both("inherit", 0x2E),
    "flowlabel": both("inherit", 0x1234),
    "encaplimit": both("none", 6),
    "fwmark": both(17, 0xFFFFFFFF),
}
IN_UDP = {
    "encap": both("fou", "gue"),
    "encap_sport": both(5555, 5556),
    "encap_dport": both(5557, 5558),
    "encap_csum": on(),
    "encap_csum6": on(),
    "encap_remcsum": on(),
}
GRE = {
    "ikey": both(1, 0xFFFFFFFF),
    "okey": both(2, 0),
    "iseq": on(),
    "oseq": on(),
    "icsum": on(),
    "ocsum": on(),
}
EXTERNAL = {"external": on(remote=None)}
VTI = {"ikey": both(5, 6), "okey": both(7, 8), "fwmark": both(17, 18)}
ENDS4 = {"local": "192.0.2.1", "remote": "192.0.2.2"}
ENDS6 = {"local": "2001:db8::1", "remote": "2001:db8::2"}
TUN = {
    "owner": both("daemon", "nobody"),
    "owner_group": both("daemon", "nogroup"),
    "multi_queue": on(),
    "vnet_hdr": on(),
    "pi": on(),
}
BRIDGE = {
    "stp": on(),
    "priority": both(4096, 8192),
    "forward_delay": both(4, 6.5),
    "hello_time": both(1, 1.5),
    "max_age": both(12, 13.5),
    "ageing_time": both(60, 0),
    "group_fwd_mask": both(8, 16),
    "group_address": both("01:80:c2:00:00:0d", "01:80:c2:00:00:0e"),
    "vlan_filtering": on(),
    "vlan_protocol": both("802.1ad", "802.1Q"),
    "vlan_default_pvid": both(20, 0, vlan_filtering=True),
    "vlans": both(["1", "10-20"], ["1", "30"], vlan_filtering=True),
    "untagged": both(["1", "7"], ["1", "8-9"], vlan_filtering=True),
    "pvid": both(7, 8, vlan_filtering=True),
    "vlan_stats": on(),
    "vlan_stats_per_port": on(vlan_filtering=True, vlan_default_pvid=0),
    "mcast_snooping": OFF,
    "mcast_router": both("always", "never"),
    "mcast_query_use_ifaddr": on(),
    "mcast_querier": on(),
    "mcast_stats": on(),
    "mcast_hash_max": both(512, 1024),
    "mcast_igmp_version": both(3, 2),
    "mcast_mld_version": both(2, 1),
    "mcast_last_member_count": both(3, 4),
    "mcast_last_member_interval": both(2, 0.5),
    "mcast_startup_query_count": both(3, 4),
    "mcast_startup_query_interval": both(30, 20.5),
    "mcast_membership_interval": both(200, 100),
    "mcast_querier_interval": both(200, 100),
    "mcast_query_interval": both(100, 60.5),
    "mcast_query_response_interval": both(9, 8.5),
    "nf_call_iptables": on(),
    "nf_call_ip6tables": on(),
    "nf_call_arptables": on(),
}
PORT = {
    "state": both("disabled", "forwarding"),
    "cost": both(100, 200),
    "priority": both(8, 9),
    "hairpin": on(),
    "guard": on(),
    "root_block": on(),
    "fastleave": on(),
    "learning": OFF,
    "flood": OFF,
    "mcast_flood": OFF,
    "bcast_flood": OFF,
    "mcast_to_unicast": on(),
    "mcast_router": both("always", "never"),
    "proxy_arp": on(),
    "proxy_arp_wifi": on(),
    "neigh_suppress": on(),
    "vlan_tunnel": on(),
    "isolated": on(),
    "locked": on(),
    "group_fwd_mask": both(8, 16),
    "vlans": both(["1", "10-20"], ["1", "30"]),
    "untagged": both(["1", "7"], ["1", "8-9"]),
    "pvid": both(7, 8),
    "bridge": both("sw", "sw2"),
}
VLAN = {
    "link": both(UNDER, OTHER_UNDER),
    "vid": both(8, 9),
    "protocol": both("802.1ad", "802.1Q"),
    "reorder_hdr": OFF,
    "gvrp": on(),
    "mvrp": on(),
    "loose_binding": on(),
    "bridge_binding": on(),
    "egress_qos_map": both(["1:2", "3:4"], ["1:5"]),
    "ingress_qos_map": both(["1:2", "3:4"], ["1:5"]),
}
VXLAN = {
    "vni": both(8, 9),
    "link": both(UNDER, OTHER_UNDER),
    "remote": both("192.0.2.17", "192.0.2.18"),
    "local": both("192.0.2.7", "192.0.2.8"),
    "ttl": both(32, 33),
    "tos": both(16, 1),
    "df": both("set", "inherit"),
    "flowlabel": both(0x12345, 0x54321, local="2001:db8::7", remote="2001:db8::17"),
    "ageing": both(60, 70),
    "maxaddress": both(50, 60),
    "dstport": both(8472, 8473),
    "srcport": both("40000-50000", "1000-2000"),
    "learning": OFF,
    "proxy": on(),
    "rsc": on(),
    "l2miss": on(),
    "l3miss": on(),
    "udpcsum": OFF,
    "udp6zerocsumtx": on(),
    "udp6zerocsumrx": on(),
    "external": on(vni=0),
    "gbp": on(),
}
VETH = {
    "peer": both("other0", "other1"),
    "peer_netns": both("", None),
    "peer_mtu": both(1300, 1340),
    "peer_address": both("02:00:5e:00:53:03", "02:00:5e:00:53:04"),
    "peer_up": OFF,
}
WIREGUARD = {
    "private_key": both(KEY, OTHER_KEY),
    "listen_port": both(51820, 51821),
    "fwmark": both(17, 18),
    "peers": both(
        [
            {
                "public_key": PEER,
                "allowed_ips": ["10.1.0.0/16", "2001:db8:1::/48"],
                "endpoint": "192.0.2.2:51820",
                "persistent_keepalive": 25,
            }
        ],
        [{"public_key": PEER, "allowed_ips": ["10.2.0.0/16"], "endpoint": "[2001:db8::2]:51820"}],
    ),
    "preshared_keys": both({PEER: SECRET}, {PEER: KEY}, peers=[{"public_key": PEER, "allowed_ips": []}]),
}

LEAST: dict[str, dict[str, Any]] = {
    "link/ipip": ENDS4,
    "link/sit": ENDS4,
    "link/gre": ENDS4,
    "link/gretap": ENDS4,
    "link/ip6gre": ENDS6,
    "link/ip6gretap": ENDS6,
    "link/ip6tnl": ENDS6,
    "link/vti": ENDS4,
    "link/vti6": ENDS6,
    "link/xfrm": {"if_id": 3},
    "link/vlan": {"link": UNDER, "vid": 7},
    "link/macvlan": {"link": UNDER},
    "link/vxlan": {"vni": 5},
    "link/vrf": {"table": 10},
    "link/veth": {"peer": "peer0"},
    "link/wireguard": {"private_key": KEY},
    "bridge-port": {"dev": UNDER, "bridge": "sw"},
}
"""What a link of a kind must have."""
VALUES: dict[str, dict[str, Tried]] = {
    "link/dummy": {"arp": Tried(value=True, other=False)},
    "link/bridge": BRIDGE,
    "link/vrf": {"table": both(11, 12)},
    "link/vlan": VLAN,
    "link/macvlan": {"mode": both("bridge", "private"), "nopromisc": on(mode="passthru")},
    "link/vxlan": VXLAN,
    "link/veth": VETH,
    "link/tun": TUN,
    "link/tap": TUN,
    "link/ipip": {**OVER4, **IN_UDP, **EXTERNAL, "mode": both("any", "ipip")},
    "link/sit": {
        **OVER4,
        **IN_UDP,
        "mode": both("any", "ipip"),
        "isatap": on(remote=None),
        "sixrd_prefix": both("2001:db8::/32", "2001:db0::/28"),
        "sixrd_relay_prefix": both("10.0.0.0/8", "172.16.0.0/12", sixrd_prefix="2001:db8::/32"),
    },
    "link/gre": {**OVER4, **GRE, **IN_UDP, **EXTERNAL, "ignore_df": on(pmtudisc=False)},
    "link/gretap": {**OVER4, **GRE, **IN_UDP, **EXTERNAL, "ignore_df": on(pmtudisc=False)},
    "link/ip6gre": {**OVER6, **GRE, **IN_UDP, **EXTERNAL},
    "link/ip6gretap": {**OVER6, **GRE, **IN_UDP, **EXTERNAL},
    "link/ip6tnl": {
        **OVER6,
        **IN_UDP,
        **EXTERNAL,
        "mode": both("any", "ipip6"),
        "dscp_inherit": on(),
        "fwmark_inherit": on(),
    },
    "link/vti": {**VTI, "local": OVER4["local"], "remote": OVER4["remote"]},
    "link/vti6": {**VTI, "local": OVER6["local"], "remote": OVER6["remote"]},
    "link/xfrm": {"if_id": both(8, 9)},
    "link/wireguard": WIREGUARD,
    "bridge-port": PORT,
}


def tried(kind: str, word: str) -> Tried | None:
    """Return the values of a property, None if there are none."""
    return VALUES[kind].get(word) or COMMON.get(word)
