"""How the lab comes in over a card."""

from __future__ import annotations

import pytest

from isthmus_lab import LabError
from isthmus_lab.linux import management, wiring
from isthmus_lab.topology import Topology, parse


def lab(addresses: str, others: str = "", ssh: str = "") -> Topology:
    return parse(f"""\
name: lab
nodes:
  a: {{interfaces: {{eth0: {{addresses: [{addresses}]}}}}, ssh: {{through: eth0{ssh}}}}}
  b: {{interfaces: {{eth0: {{addresses: [{others}]}}}}}}
links: {{lan: {{ends: ["a:eth0", "b:eth0"]}}}}
""")


@pytest.mark.parametrize(
    ("addresses", "others", "chosen"),
    [
        ("192.0.2.1/24", "", "192.0.2.254/24"),
        ("192.0.2.1/24", "192.0.2.254/24, 192.0.2.253/24", "192.0.2.252/24"),
        ("192.0.2.2/30", "", "192.0.2.1/30"),
        ("'2001:db8::1/64', 192.0.2.1/24", "", "2001:db8::ffff:ffff:ffff:fffe/64"),
    ],
)
def test_it_takes_the_last_address_that_nobody_has(addresses: str, others: str, chosen: str) -> None:
    assert management.free_address("a", "lan", lab(addresses, others)) == chosen


@pytest.mark.parametrize("addresses", ["192.0.2.1/32", "192.0.2.0/31"])
def test_a_network_without_an_address_to_spare_is_told(addresses: str) -> None:
    with pytest.raises(LabError, match=r"^a: ssh\.through: .* leaves no address for the lab: say ssh\.source$"):
        management.free_address("a", "lan", lab(addresses))


def test_a_network_whose_addresses_are_all_taken_is_told() -> None:
    with pytest.raises(LabError, match=r"^a: ssh\.through: 192\.0\.2\.0/30 has no free address left"):
        management.free_address("a", "lan", lab("192.0.2.1/30", "192.0.2.2/30"))


def test_it_reaches_the_address_that_the_topology_names() -> None:
    topology = lab("192.0.2.1/24", ssh=", source: 192.0.2.9/24, address: 192.0.2.77")
    assert management.way("a", topology.hosts["a"]).address == "192.0.2.77"


def test_without_a_card_it_comes_in_over_loopback() -> None:
    assert management.way("b", lab("192.0.2.1/24").hosts["b"]).address == "127.0.0.1"


def test_made_mac_addresses_are_local_those_of_one_card_and_always_the_same() -> None:
    made = wiring.made_mac("a", "eth0")
    assert made == wiring.made_mac("a", "eth0")
    assert len({made, wiring.made_mac("a", "eth1"), wiring.made_mac("b", "eth0")}) == 3
    assert int(made.split(":")[0], 16) & 0b11 == 0b10
