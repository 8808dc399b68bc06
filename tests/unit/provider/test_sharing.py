"""A chain that one resource owns whole is nobody else's; a program hears so before any router does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pulumi
import pytest

from isthmus import routeros
from isthmus_components import Site, SiteToSiteIpsec

firewall = routeros.ip.firewall
RULES = [{"action": "accept"}]


class Mocks(pulumi.runtime.Mocks):
    """Takes every resource as it is."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[Any, Any]]:
        return "id", dict(args.inputs)

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], None]:
        raise NotImplementedError(args.token)


@pytest.fixture(autouse=True)
def program() -> Iterator[None]:
    """Begin a program of its own for each test."""
    pulumi.runtime.set_mocks(Mocks(), project="offices", stack="dev")
    yield
    pulumi.runtime.test(lambda: None)()  # type: ignore[no-untyped-call]


def tunnel(**options: Any) -> SiteToSiteIpsec:
    return SiteToSiteIpsec(
        "seattle-boise",
        Site(device="seattle", address="165.95.23.2", networks=["192.168.90.0/24"]),
        Site(device="boise", address="87.16.79.2", networks=["192.168.30.0/24"]),
        **options,
    )


def whole(chain: str = "srcnat") -> firewall.NatRules:
    return firewall.NatRules("internet", device="seattle", chain=chain, rules=RULES, exclusive=True)


REFUSAL = (
    "seattle: /ip/firewall/nat: srcnat: 'internet' owns the whole chain (exclusive=True), and "
    "'seattle-boise-seattle-nat-bypass' has rules in it too; leave exclusive out, or remove the others' rules"
)


def test_a_component_in_an_exclusive_chain_is_refused_whichever_comes_first() -> None:
    whole()
    with pytest.raises(pulumi.RunError) as refused:
        tunnel()
    assert str(refused.value) == REFUSAL


def test_an_exclusive_list_in_a_components_chain_is_refused() -> None:
    tunnel()
    with pytest.raises(pulumi.RunError) as refused:
        whole()
    assert str(refused.value) == REFUSAL


def test_a_single_rule_in_an_exclusive_chain_is_refused() -> None:
    whole()
    with pytest.raises(pulumi.RunError, match="'mail' has rules in it too"):
        firewall.NatRule("mail", device="seattle", chain="srcnat", action="accept")


def test_other_chains_menus_and_routers_are_free() -> None:
    whole("dstnat")
    tunnel()
    firewall.NatRules("internet", device="portland", chain="srcnat", rules=RULES, exclusive=True)
    firewall.RawRules("raw", device="seattle", chain="prerouting", rules=RULES, exclusive=True)


def test_without_its_fasttrack_bypass_a_tunnel_leaves_forward_of_the_filter_alone() -> None:
    firewall.FilterRules("forward", device="seattle", chain="forward", rules=RULES, exclusive=True)
    built = tunnel(fasttrack_bypass=False)
    assert built.left.fasttrack_bypass is None
    assert built.right.fasttrack_bypass is None


def test_the_next_program_begins_anew() -> None:
    whole()
    pulumi.runtime.set_mocks(Mocks(), project="offices", stack="dev")
    tunnel()
