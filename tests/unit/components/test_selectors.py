from ipaddress import ip_network

from isthmus_components.site import Site
from isthmus_components.site_to_site_ipsec.selectors import Selector, selectors

SEATTLE = Site(device="seattle", address="165.95.23.2", networks=["192.168.90.0/24", "10.90.0.0/16", "fd00:90::/64"])
BOISE = Site(device="boise", address="87.16.79.2", networks=["192.168.30.0/24", "fd00:30::/64"])


def test_every_network_is_paired_with_every_other_of_its_version_in_the_order_given() -> None:
    assert [str(pair) for pair in selectors(SEATTLE, BOISE)] == [
        "192.168.90.0/24-192.168.30.0/24",
        "10.90.0.0/16-192.168.30.0/24",
        "fd00:90::/64-fd00:30::/64",
    ]


def test_the_other_end_sees_the_same_pairs_mirrored() -> None:
    mirrored = [pair.mirrored for pair in selectors(SEATTLE, BOISE)]
    assert set(mirrored) == set(selectors(BOISE, SEATTLE))


def test_a_pair_mirrored_twice_is_itself() -> None:
    pair = Selector(ip_network("192.168.90.0/24"), ip_network("192.168.30.0/24"))
    assert pair.mirrored == (pair.dst, pair.src)
    assert pair.mirrored.mirrored == pair
