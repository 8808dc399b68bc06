"""What a firewall demands of a rule's words together, in the router's own words."""

from __future__ import annotations

import pytest

from tests.support.console import Console

FILTER, NAT, MANGLE = "/ip/firewall/filter", "/ip/firewall/nat", "/ip/firewall/mangle"
PORTS = "failure: ports can be specified if proto is tcp,udp,udp-lite,dccp,sctp"
FLAGS = "failure: tcp-flags works only with tcp"
SYN = "failure: tcp mss change works only on tcp syn packets"
MARK = "failure: routing-mark allowed only in output and prerouting chains"
MAC = "failure: source mac address matching not possible in output and postrouting chains"
IN = "failure: incoming interface matching not possible in output and postrouting chains"
OUT = "failure: outgoing interface matching not possible in input and prerouting chains"


@pytest.fixture(params=["6.49", "7.16", "7.24"])
def console(request: pytest.FixtureRequest) -> Console:
    return Console(request.param)


@pytest.mark.parametrize(
    ("path", "words", "refusal"),
    [
        (FILTER, {"chain": "input", "dst_port": "443"}, PORTS),
        (FILTER, {"chain": "input", "src_port": "443", "protocol": "icmp"}, PORTS),
        (NAT, {"chain": "dstnat", "port": "443", "action": "dst-nat"}, PORTS),
        (FILTER, {"chain": "input", "tcp_flags": "syn", "protocol": "udp"}, FLAGS),
        (FILTER, {"chain": "input", "icmp_options": "8:0"}, "failure: icmp-options can be specified if proto is icmp"),
        (MANGLE, {"chain": "forward", "action": "change-mss", "new_mss": "1360", "protocol": "tcp"}, SYN),
        (MANGLE, {"chain": "forward", "action": "mark-routing", "new_routing_mark": "main"}, MARK),
        (NAT, {"chain": "srcnat", "src_mac_address": "00:00:5E:00:53:01"}, MAC),
        (NAT, {"chain": "srcnat", "in_interface": "ether1"}, IN),
        (FILTER, {"chain": "output", "in_interface_list": "all"}, IN),
        (NAT, {"chain": "dstnat", "out_interface": "ether1"}, OUT),
        (FILTER, {"chain": "input", "out_interface_list": "all"}, OUT),
        ("/ipv6/firewall/filter", {"chain": "input", "dst_port": "443"}, PORTS),
    ],
)
def test_words_that_do_not_go_together_are_refused(
    console: Console, path: str, words: dict[str, str], refusal: str
) -> None:
    assert console.refusal(f"{path}/add", **words) == refusal
    assert console.rows(path) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (FILTER, {"chain": "input", "dst_port": "443", "protocol": "17"}),
        (FILTER, {"chain": "own", "in_interface": "ether1", "out_interface": "ether2"}),
        (
            MANGLE,
            {"chain": "forward", "action": "change-mss", "new_mss": "1360", "protocol": "tcp", "tcp_flags": "syn,!ack"},
        ),
        (MANGLE, {"chain": "own", "action": "mark-routing", "new_routing_mark": "main"}),
        (NAT, {"chain": "srcnat", "src_mac_address": "00:00:5E:00:53:01", "disabled": "yes"}),
        ("/ipv6/firewall/filter", {"chain": "input", "protocol": "icmpv6", "icmp_options": "8:0"}),
    ],
)
def test_words_that_go_together_are_taken(console: Console, path: str, words: dict[str, str]) -> None:
    assert console.add(path, **words) == "*1"


def test_a_disabled_rule_is_refused_when_it_is_enabled(console: Console) -> None:
    rule = console.add(NAT, chain="srcnat", src_mac_address="00:00:5E:00:53:01", disabled="yes")
    assert console.refusal(f"{NAT}/set", _id=rule, disabled="no") == MAC
    assert console.row(NAT)["disabled"] == "true"


def test_a_protocol_goes_only_together_with_its_ports(console: Console) -> None:
    rule = console.add(FILTER, chain="input", protocol="tcp", dst_port="443")
    assert console.refusal(f"{FILTER}/unset", numbers=rule, value_name="protocol") == PORTS
    console.give(f"{FILTER}/set", {".id": rule, "!protocol": "", "!dst-port": ""})
    assert "protocol" not in console.row(FILTER)
