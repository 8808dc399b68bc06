"""Values for the words of firewall rules and address lists."""

from __future__ import annotations

from tests.engine.every.specimen import Specimen, Table

ENDING: Table = {
    "log": ("TRUE", "no"),
    "log_prefix": ("seen", "met"),
    "disabled": ("true", "no"),
    "comment": ("declared", "by hand"),
}
PARAMETERS: Table = {
    "address_list": ("watched", "others"),
    "address_list_timeout": ("6d24h", "2d"),
    "jump_target": ("elsewhere", "anywhere"),
}
MATCHERS: Table = {
    "content": ("GET /", "POST /"),
    "dscp": ("0x2e", "10"),
    "dst_address": ("!10.0.0.0-10.0.0.255", "10.9.0.0/16"),
    "dst_address_list": ("servers", "!servers"),
    "dst_address_type": (["unicast", "local"], "broadcast"),
    "dst_limit": ("10/1s,5,src-address/100s", "20,5,dst-address/1m40s"),
    "dst_port": ("443,8000-8080", "443"),
    "fragment": ("FALSE", "yes"),
    "hotspot": (["from-client", "auth"], "to-client"),
    "in_bridge_port": ("ether2", "ether3"),
    "in_bridge_port_list": ("LAN", "!LAN"),
    "in_interface": ("!ether2", "ether3"),
    "in_interface_list": ("LAN", "WAN"),
    "ingress_priority": (1, "2"),
    "ipsec_policy": ("in,ipsec", "out,none"),
    "ipv4_options": ("any", "none"),
    "limit": ("1000/60s,5", "10/1m,5:packet"),
    "nth": ("2,1", "3,1"),
    "out_bridge_port": ("ether2", "ether3"),
    "out_bridge_port_list": ("LAN", "WAN"),
    "out_interface": ("ether2", "ether3"),
    "out_interface_list": ("LAN", "WAN"),
    "packet_mark": ("marked", "no-mark"),
    "packet_size": ("64-64", "100-200"),
    "per_connection_classifier": ("both-addresses:2/0", "src-address:3/1"),
    "port": (53, "54"),
    "priority": (3, "4"),
    "protocol": ("6", None),
    "psd": ("21,00:00:03,3,1", "10,3s,3,1"),
    "random": (50, "10"),
    "src_address": ("192.0.2.0/255.255.255.0", "192.0.2.1"),
    "src_address_list": ("!clients", "clients"),
    "src_address_type": ("!local", "local"),
    "src_mac_address": ("00:00:5e:00:53:01", "00:00:5E:00:53:02"),
    "src_port": ("1024-65535", "1024"),
    "tcp_mss": ("1400-1460", "!1400"),
    "time": ("08:00:00-17h,tue,mon", "9h-17h,mon"),
    "tos": ("16/30", "16/28"),
    "ttl": ("less-than:5", "equal:1"),
}
FLAGS: Table = {
    "tcp_flags": (["syn", "!ack"], "fin"),
    "tls_host": ("*.example.org", "www.example.org"),
}
CONNECTIONS: Table = {
    "connection_bytes": ("1000000-0", "5-10"),
    "connection_limit": ("100,32", "!10,24"),
    "connection_mark": ("marked", "!marked"),
    "connection_rate": ("0-100000", "0-1M"),
    "connection_type": ("sip", "ftp"),
    "layer7_protocol": ("video", "!video"),
    "realm": (5, "6"),
    "routing_mark": ("branch", "main"),
}
STATES: Table = {
    "connection_nat_state": (["srcnat", "dstnat"], "!dstnat"),
    "connection_state": (["related", "established"], "new"),
    "p2p": ("all-p2p", "warez"),
    "routing_table": ("branch", "main"),
}
ICMP: Table = {"protocol": (1, None), "icmp_options": ("3", "8:0")}
PROTOCOL: Table = {"protocol": (17, "sctp"), "dst_port": ("53", "5353")}
EVERY_RULE: Table = {**MATCHERS, **PARAMETERS, **ENDING}
TRACKED: Table = {**EVERY_RULE, **CONNECTIONS}

FILTER: Table = {
    **TRACKED,
    **FLAGS,
    **STATES,
    "action": ("reject", "tarpit"),
    "reject_with": ("tcp-reset", "icmp-admin-prohibited"),
}
OFFLOAD: Table = {"action": ("fasttrack-connection", "drop"), "hw_offload": ("FALSE", "yes")}
MANGLE: Table = {
    **TRACKED,
    **FLAGS,
    **STATES,
    "action": ("mark-routing", "log"),
    "new_connection_mark": ("old", "new"),
    "new_dscp": ("from-priority", "from-priority-to-high-3-bits"),
    "new_mss": (1360, "clamp-to-pmtu"),
    "new_packet_mark": ("old", "new"),
    "new_priority": ("from-dscp", "5"),
    "new_routing_mark": ("branch", "main"),
    "new_ttl": ("decrement:1", "set:64"),
    "passthrough": ("FALSE", "yes"),
    "route_dst": ("192.0.2.1", "192.0.2.2"),
    "sniff_id": (7, "8"),
    "sniff_target": ("192.0.2.3", "192.0.2.4"),
    "sniff_target_port": (37008, "37009"),
}
NAT: Table = {
    **TRACKED,
    "action": ("same", "netmap"),
    "same_not_by_dst": ("TRUE", "no"),
    "to_addresses": ("198.51.100.0-198.51.100.7", "198.51.100.1"),
    "to_ports": ("1000-1000", "1000-2000"),
    "tls_host": ("*.example.org", "www.example.org"),
}
ENDPOINT: Table = {"action": ("endpoint-independent-nat", "masquerade"), "randomise_ports": ("TRUE", "no")}
SOCKS: Table = {
    "action": ("socksify", "redirect"),
    "socks5_server": ("192.0.2.5", "192.0.2.6"),
    "socks5_port": (1080, "1081"),
    "socksify_service": ("proxy", "another"),
}
RAW: Table = {**EVERY_RULE, **FLAGS, "action": ("notrack", "drop")}
FORWARD: Table = {"chain": ("forward", "elsewhere")}
BRANCH: Table = {"chain": ("branch", "elsewhere")}
"""A chain of one's own, where a rule may match interfaces of both directions."""

SPECIMENS = [
    Specimen("ip.firewall.FilterRule", "filter", FORWARD, FILTER),
    Specimen("ip.firewall.FilterRule", "filter-icmp", FORWARD, ICMP),
    Specimen("ip.firewall.FilterRule", "filter-protocol", FORWARD, PROTOCOL),
    Specimen("ip.firewall.FilterRule", "filter-offload", FORWARD, OFFLOAD),
    Specimen("ip.firewall.MangleRule", "mangle", BRANCH, MANGLE),
    Specimen("ip.firewall.MangleRule", "mangle-icmp", BRANCH, ICMP),
    Specimen("ip.firewall.NatRule", "nat", BRANCH, NAT),
    Specimen("ip.firewall.NatRule", "nat-icmp", BRANCH, ICMP),
    Specimen("ip.firewall.NatRule", "nat-endpoint", BRANCH, ENDPOINT, since="7.10"),
    Specimen("ip.firewall.NatRule", "nat-socks", BRANCH, SOCKS, since="7.20"),
    Specimen("ip.firewall.RawRule", "raw", BRANCH, RAW),
    Specimen("ip.firewall.RawRule", "raw-icmp", BRANCH, ICMP),
    Specimen(
        "ip.firewall.AddressListEntry",
        "entry",
        {"list": ("singles", "others"), "address": ("203.0.113.0-203.0.113.255", "203.0.113.9")},
        {"disabled": ("true", "no"), "comment": ("declared", "by hand")},
    ),
    Specimen(
        "ip.firewall.AddressListEntry",
        "entry-by-name",
        {"list": ("singles", "others"), "address": ("www.example.org", "example.org")},
    ),
]
