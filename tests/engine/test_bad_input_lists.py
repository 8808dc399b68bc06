"""Rows that a list or a set cannot have are told by a preview, in a line each, before any device is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.deployment import Deployment
from tests.support.refused import errors

FIREWALL = "routeros.ip.firewall."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A project with a router that nothing here is to reach."""
    with Deployment(tmp_path_factory.mktemp("bad") / "project") as deployment:
        deployment.router("seattle")
        yield deployment


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            f'FilterRules("odd", device="seattle", chain="input", rules=[{FIREWALL}FilterRuleArgs(chain="a")])',
            "rule 1: /ip/firewall/filter: chain is the list's own: make another list for another chain",
        ),
        (
            'NatRules("odd", device="seattle", chain="srcnat", rules=[{"chain": "dstnat"}])',
            "rule 1: /ip/firewall/nat: chain is the list's own: make another list for another chain",
        ),
        (
            'AddressList("odd", device="seattle", list="a", entries=[{"list": "b", "address": "192.0.2.1"}])',
            "rule 1: /ip/firewall/address-list: list is the set's own: make another set for another list",
        ),
        (
            'AddressList("odd", device="seattle", list="a", entries=pulumi.Output.from_input([None]))',
            "rule 1: /ip/firewall/address-list: address: expected an IPv4 prefix such as 192.0.2.0/24 or a DNS name",
        ),
    ],
    ids=["another chain by Args", "another chain", "another list", "None that comes late"],
)
def test_a_row_that_a_list_cannot_have_is_one_line(project: Deployment, rows: str, told: str) -> None:
    project.program(f"{FIREWALL}{rows}")
    project.routers["seattle"].control.reset_counters()
    assert f"has a problem: seattle: {told}" in errors(project.preview(check=False))[0]
    assert project.routers["seattle"].control.counters()["sentences"] == 0


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('AddressList("odd", device="seattle", list="a", entries=["192.0.2.1", None])', "found None (row 2)"),
        ('FilterRules("odd", device="seattle", chain="input", rules=["accept"])', "found 'accept' (row 1)"),
    ],
    ids=["None", "a bare word"],
)
def test_a_row_that_is_none_is_one_line(project: Deployment, rows: str, told: str) -> None:
    project.program(f"{FIREWALL}{rows}")
    text = project.preview(check=False).text
    assert f"expected the words of a row such as {{...}}, {told}" in text
    assert "Traceback" not in text
