"""Values for the words of IPv6 addresses, routes, firewall rules and address lists."""

from __future__ import annotations

from tests.engine.every.firewall import BRANCH, EVERY_RULE, FLAGS, FORWARD, PROTOCOL, TRACKED
from tests.engine.every.specimen import Specimen, Table

ENDING: Table = {"disabled": ("TRUE", "no"), "comment": ("declared", "by hand")}
ONLY_IPV4 = {"fragment", "hotspot", "ipv4_options", "psd", "ttl", "layer7_protocol", "realm"}
MATCHERS: Table = {
    "dst_address": ("!2001:DB8:0::/64", "2001:db8::1"),
    "dst_address_type": (["unicast", "anycast"], "multicast"),
    "headers": ("hop,frag:contains", "!frag"),
    "hop_limit": ("less-than:5", "equal:1"),
    "src_address": ("2001:db8:1::7", "2001:db8:2::/48"),
    "src_address_type": ("!local", "local"),
}
EVERY_RULE6: Table = {**{name: pair for name, pair in EVERY_RULE.items() if name not in ONLY_IPV4}, **MATCHERS}
TRACKED6: Table = {**{name: pair for name, pair in TRACKED.items() if name not in ONLY_IPV4}, **MATCHERS}
STATES: Table = {"connection_state": (["related", "established"], "new")}
NAT_STATES: Table = {"connection_nat_state": (["srcnat", "dstnat"], "!dstnat")}
ICMP: Table = {"protocol": (58, None), "icmp_options": ("3", "8:0")}

FILTER: Table = {
    **TRACKED6,
    **FLAGS,
    **STATES,
    **NAT_STATES,
    "action": ("reject", "drop"),
    "reject_with": ("tcp-reset", "icmp-admin-prohibited"),
}
MANGLE: Table = {
    **TRACKED6,
    **FLAGS,
    **STATES,
    **NAT_STATES,
    "action": ("mark-routing", "log"),
    "dst_prefix": ("2001:db8:3::/64", "2001:db8:4::/64"),
    "new_connection_mark": ("old", "new"),
    "new_dscp": (10, "11"),
    "new_hop_limit": ("decrement:1", "set:64"),
    "new_mss": (1340, "clamp-to-pmtu"),
    "new_packet_mark": ("old", "new"),
    "new_priority": ("from-dscp", "5"),
    "new_routing_mark": ("branch", "main"),
    "passthrough": ("FALSE", "yes"),
    "sniff_id": (7, "8"),
    "sniff_target": ("192.0.2.3", "192.0.2.4"),
    "sniff_target_port": (37008, "37009"),
    "src_prefix": ("2001:db8:5::/64", "2001:db8:6::/64"),
}
NAT: Table = {
    **TRACKED6,
    **STATES,
    "action": ("dst-nat", "netmap"),
    "tcp_flags": (["syn", "!ack"], "fin"),
    "tls_host": ("*.example.org", "www.example.org"),
    "to_address": ("2001:db8:7::/64", "2001:db8:7::1"),
    "to_ports": ("1000-1000", "1000-2000"),
}
RAW: Table = {**EVERY_RULE6, **FLAGS, "action": ("notrack", "drop")}
ROUTE: Table = {
    "dst_address": ("2001:DB8:30::7/64", "2001:db8:31::/64"),
    "distance": (5, "6"),
    "check_gateway": ("ping", "arp"),
    "pref_src": ("2001:db8:90::1", "2001:db8:90::2"),
    "routing_table": ("branch", "main"),
    "scope": (40, "41"),
    "target_scope": (11, "12"),
    "vrf_interface": ("ether2", "ether3"),
    "suppress_hw_offload": ("TRUE", "no"),
    **ENDING,
}

SPECIMENS = [
    Specimen("ipv6.firewall.FilterRule", "filter6", FORWARD, FILTER),
    Specimen("ipv6.firewall.FilterRule", "filter6-icmp", FORWARD, ICMP),
    Specimen("ipv6.firewall.FilterRule", "filter6-protocol", FORWARD, PROTOCOL),
    Specimen("ipv6.firewall.MangleRule", "mangle6", BRANCH, MANGLE),
    Specimen("ipv6.firewall.MangleRule", "mangle6-icmp", BRANCH, ICMP),
    Specimen("ipv6.firewall.NatRule", "nat6", BRANCH, NAT),
    Specimen("ipv6.firewall.NatRule", "nat6-icmp", BRANCH, ICMP),
    Specimen("ipv6.firewall.RawRule", "raw6", BRANCH, RAW),
    Specimen("ipv6.firewall.RawRule", "raw6-icmp", BRANCH, ICMP),
    Specimen(
        "ipv6.firewall.AddressListEntry",
        "entry6",
        {"list": ("singles", "others"), "address": ("2001:DB8::/64", "2001:db8::9")},
        {"disabled": ("true", "no"), "comment": ("declared", "by hand")},
    ),
    Specimen(
        "ipv6.firewall.AddressListEntry",
        "entry6-by-name",
        {"list": ("singles", "others"), "address": ("www.example.org", "example.org")},
    ),
    Specimen(
        "ipv6.Address",
        "address6",
        {"interface": ("ether2", "ether3")},
        {
            "address": ("2001:DB8:90::1/64", "2001:db8:90::2/64"),
            "advertise": ("FALSE", "yes"),
            "auto_link_local": ("FALSE", "yes"),
            "eui_64": ("TRUE", "no"),
            "from_pool": ("delegated", "local"),
            "no_dad": ("TRUE", "no"),
            **ENDING,
        },
    ),
    Specimen("ipv6.Route", "route6", {"gateway": ("2001:db8::ff", "2001:db8::fe")}, ROUTE),
    Specimen(
        "ipv6.Route",
        "blackhole6",
        {"dst_address": ("2001:db8:66::/48", "2001:db8:67::/48")},
        {"blackhole": (True, ""), "type": ("unreachable", "unicast")},
    ),
]
