from ipaddress import ip_address, ip_network

from isthmus_components.site import Site
from isthmus_components.site_to_site_ipsec import rules
from isthmus_components.site_to_site_ipsec.selectors import Selector

BOISE = Site(device="boise", address="87.16.79.2", networks=["192.168.30.0/24"])
PAIR = Selector(ip_network("192.168.90.0/24"), ip_network("192.168.30.0/24"))
OUT = {"src_address": "192.168.90.0/24", "dst_address": "192.168.30.0/24", "ipsec_policy": "out,ipsec"}
IN = {"src_address": "192.168.30.0/24", "dst_address": "192.168.90.0/24", "ipsec_policy": "in,ipsec"}


def test_the_nat_bypass_is_the_one_of_the_guide() -> None:
    assert rules.nat_bypass([PAIR], BOISE) == [
        {
            "action": "accept",
            "src_address": "192.168.90.0/24",
            "dst_address": "192.168.30.0/24",
            "comment": "Boise NAT bypass",
        }
    ]


def test_key_exchange_and_esp_are_accepted_from_the_other_router_only() -> None:
    from_boise = {"action": "accept", "src_address": "87.16.79.2"}
    assert rules.ike_and_esp(BOISE) == [
        {**from_boise, "protocol": "udp", "dst_port": "500,4500", "comment": "Boise IKE"},
        {**from_boise, "protocol": "ipsec-esp", "comment": "Boise ESP"},
    ]


def test_pings_are_accepted_between_lan_addresses_and_only_encrypted() -> None:
    assert rules.keep_alive_pings(ip_address("192.168.30.1"), ip_address("192.168.90.254"), BOISE) == [
        {
            "action": "accept",
            "protocol": "icmp",
            "ipsec_policy": "in,ipsec",
            "src_address": "192.168.30.1",
            "dst_address": "192.168.90.254",
            "comment": "Boise keep-alive",
        }
    ]


def test_traffic_both_ways_is_kept_from_fasttrack() -> None:
    comment = {"comment": "Boise FastTrack bypass"}
    assert rules.fasttrack_bypass([PAIR], BOISE) == [
        {"action": "accept", **OUT, **comment},
        {"action": "accept", **IN, **comment},
    ]


def test_connections_both_ways_are_lowered_to_the_mss_and_never_raised() -> None:
    clamp = {
        "action": "change-mss",
        "new_mss": "1398",
        "protocol": "tcp",
        "tcp_flags": "syn",
        "tcp_mss": "1399-65535",
        "comment": "Boise MSS",
    }
    assert rules.mss_clamp([PAIR], BOISE, 1398) == [{**clamp, **OUT}, {**clamp, **IN}]


def test_ipv6_has_the_same_rules() -> None:
    pair = Selector(ip_network("fd00:90::/64"), ip_network("fd00:30::/64"))
    boise = Site(device="boise", address="2001:db8::2", networks=["fd00:30::/64"])
    assert [rule["src_address"] for rule in rules.ike_and_esp(boise)] == ["2001:db8::2"] * 2
    (ping,) = rules.keep_alive_pings(ip_address("fd00:30::1"), ip_address("fd00:90::1"), boise)
    assert (ping["protocol"], ping["src_address"], ping["dst_address"]) == ("icmpv6", "fd00:30::1", "fd00:90::1")
    bypass = [(rule["src_address"], rule["dst_address"]) for rule in rules.fasttrack_bypass([pair], boise)]
    assert bypass == [("fd00:90::/64", "fd00:30::/64"), ("fd00:30::/64", "fd00:90::/64")]
    assert [rule["new_mss"] for rule in rules.mss_clamp([pair], boise, 1366)] == ["1366"] * 2
