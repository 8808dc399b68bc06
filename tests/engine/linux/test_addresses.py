"""Addresses on a Linux host, one resource each."""

from __future__ import annotations

import pytest

from tests.support.deployment import Deployment
from tests.support.linux import ip

PROGRAM = """
bridge = linux.Bridge("br0", device="gw")
linux.Address("four", device="gw", dev=bridge.name, {four})
linux.Address("six", device="gw", dev=bridge.name, {six})
"""
PLAIN = {"four": "address='192.0.2.1/24'", "six": "address='2001:DB8:0::1/64', nodad=True"}


def test_addresses_come_change_in_place_drift_and_go(project: Deployment, host: str) -> None:
    before = ip(host, "addr")
    project.program(PROGRAM.format(**PLAIN))
    project.up()
    project.unchanged("--refresh")

    changed = {
        "four": PLAIN["four"] + ", metric=50, preferred_lft=0",
        "six": PLAIN["six"] + ", metric=60, noprefixroute=True, home=True",
    }
    project.program(PROGRAM.format(**changed))
    assert "replace" not in project.up().text
    shown = ip(host, "addr", "show", "br0")
    assert "inet 192.0.2.1/24 metric 50 scope global deprecated br0" in shown
    assert "inet6 2001:db8::1/64 metric 60 scope global nodad home noprefixroute" in shown
    project.unchanged("--refresh")

    ip(host, "addr", "change", "192.0.2.1/24", "dev", "br0", "metric", "70")
    ip(host, "addr", "del", "2001:db8::1/64", "dev", "br0")
    assert "metric" in project.preview("--refresh").text
    project.up("--refresh")
    assert ip(host, "addr", "show", "br0") == shown

    project.program(PROGRAM.format(**PLAIN))
    project.up()
    assert "inet 192.0.2.1/24 scope global br0" in ip(host, "addr", "show", "br0")
    assert "inet6 2001:db8::1/64 metric 256 scope global nodad \n" in ip(host, "addr", "show", "br0")
    project.unchanged("--refresh")
    project.destroy()
    assert ip(host, "addr") == before


def test_what_the_kernel_cannot_change_makes_a_new_address_and_keeps_what_stands_on_it(
    project: Deployment, host: str
) -> None:
    program = """
    bridge = linux.Bridge("br0", device="gw")
    address = linux.Address("four", device="gw", dev=bridge.name, address="192.0.2.1/24", {more})
    route = linux.Route("far", device="gw", dst="198.51.100.0/24", via="192.0.2.2",
        opts=pulumi.ResourceOptions(depends_on=[address]))
    """
    project.program(program.format(more=""))
    project.up()
    project.program(program.format(more="broadcast='192.0.2.255', label='br0:a'"))
    project.up()
    assert "brd 192.0.2.255 scope global br0:a" in ip(host, "addr", "show", "br0")
    assert "198.51.100.0/24 via 192.0.2.2" in ip(host, "route")
    project.unchanged("--refresh")


def test_what_stands_on_a_link_that_was_removed_by_hand_comes_back_with_it(project: Deployment, host: str) -> None:
    project.program(PROGRAM.format(**PLAIN))
    project.up()
    shown = ip(host, "addr", "show", "br0", "scope", "global")
    ip(host, "link", "del", "br0")
    project.up("--refresh")
    project.unchanged("--refresh")
    assert ip(host, "addr", "show", "br0", "scope", "global").split("\n", 2)[2] == shown.split("\n", 2)[2]


def test_an_address_of_somebody_else_is_adopted_only_if_asked_and_given_back(project: Deployment, host: str) -> None:
    ip(host, "link", "add", "br0", "type", "bridge")
    ip(host, "addr", "add", "192.0.2.1/24", "metric", "7", "dev", "br0")
    before = ip(host, "addr")
    program = "linux.Address('four', device='gw', dev='br0', address='192.0.2.1/24', metric=8, {more})"
    project.program(program.format(more=""))
    refused = project.up(check=False)
    assert refused.code != 0
    assert "gw: address 192.0.2.1/24 br0: exists already and is nobody's" in refused.text
    project.program(program.format(more="adopt=True"))
    project.up()
    assert "metric 8" in ip(host, "addr", "show", "br0")
    project.destroy()
    assert ip(host, "addr") == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("address='192.0.2.300/24'", "gw: address: address: expected an address with its prefix length"),
        ("address='192.0.2.1/33'", "gw: address: address: expected an address with its prefix length"),
        ("address='ff02::1/64'", "expected an address that a link can have, found 'ff02::1/64'"),
        ("address='192.0.2.1/24', nodad=True", "address: nodad: only IPv6 addresses have it, and 192.0.2.1/24 is none"),
        ("address='2001:db8::1/64', label='br0:1'", "address: label: only IPv4 addresses have it"),
        ("address='192.0.2.1/24', broadcast='2001:db8::'", "broadcast: expected an IPv4 address"),
        ("address='192.0.2.1/24', peer='2001:db8::1'", "peer: 2001:db8::1 is of another family than 192.0.2.1/24"),
        ("address='192.0.2.1/24', preferred_lft='never'", "expected a whole number 0..4294967294 or forever"),
        ("address='192.0.2.1/24', valid_lft=5, preferred_lft=6", "preferred_lft: 6 is longer than valid_lft, 5"),
    ],
)
def test_what_no_address_can_be_is_told_before_the_host_is_asked(
    project: Deployment, arguments: str, reason: str
) -> None:
    project.program(f"linux.Address('a', device='gw', dev='br0', {arguments})")
    outcome = project.preview(check=False)
    assert outcome.code != 0
    assert reason in outcome.text
