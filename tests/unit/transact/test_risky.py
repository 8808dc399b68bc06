"""A change is guarded if it is of what may carry the session, and may be there already; the host looks further."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from isthmus import linux
from isthmus.engine import mark
from isthmus.resource import Declared
from isthmus.transact.objects import Object, risky

TUNNEL = {"name": "wg0", "listen_port": "51820"}


def declared(of: type[Declared], words: Mapping[str, str], *, adopt: bool = False) -> Object:
    return Object(of.menu(), words, mark.parse("u-7f3a-9c01d2e4"), adopt)


def test_a_new_link_carries_nobodys_session() -> None:
    assert not risky(declared(linux.WireGuard, TUNNEL), {})


@pytest.mark.parametrize("word", ["listen_port", "private_key", "peers", "alias", "mtu"])
def test_any_change_of_a_link_that_is_there_may_cut_it(word: str) -> None:
    assert risky(declared(linux.WireGuard, {**TUNNEL, word: "another"}), TUNNEL)
    assert risky(declared(linux.WireGuard, TUNNEL), {**TUNNEL, word: "another"})


def test_nothing_that_changes_cuts_nothing() -> None:
    assert not risky(declared(linux.WireGuard, TUNNEL), TUNNEL)


def test_a_link_that_is_taken_over_may_be_the_way_in() -> None:
    assert risky(declared(linux.Bridge, {"name": "br0", "up": "no"}, adopt=True), {})


@pytest.mark.parametrize("of", [linux.Sysctl, linux.Service, linux.Route, linux.NftTable])
def test_what_is_there_always_or_leads_packets_elsewhere_may_cut_it_from_the_start(of: type[Declared]) -> None:
    assert risky(declared(of, {"name": "net.ipv6.conf.all.disable_ipv6"}), {})
