"""Objects of a set are told apart by their keys and made in an order that the kernel takes."""

from __future__ import annotations

import pytest

from isthmus.declare import registry
from isthmus.engine import members
from isthmus.engine.members import Family

LINKS, ROUTES, RULES = (Family(path, registry.menu) for path in ("link", "route", "rule"))


def test_a_link_comes_behind_the_links_that_it_names() -> None:
    listing = "kind=vlan name=a.5 link=z0 vlan=5\nkind=bridge name=z0\nkind=bridge name=b0\n"
    order = [member.words["name"] for member in members.arranged(members.parse(LINKS, listing))]
    assert order.index("z0") < order.index("a.5")


def test_a_route_by_a_gateway_comes_behind_those_that_lead_to_it() -> None:
    listing = "dst=0.0.0.0/0 via=192.0.2.1\ndst=192.0.2.1/32 dev=gre1\n"
    assert next(member.words["dst"] for member in members.arranged(members.parse(ROUTES, listing))) == "192.0.2.1/32"


def test_links_that_name_each_other_are_all_arranged() -> None:
    listing = "kind=veth name=a peer=b\nkind=veth name=b peer=a\n"
    assert len(members.arranged(members.parse(LINKS, listing))) == 2


@pytest.mark.parametrize(
    ("family", "one", "other"),
    [
        (ROUTES, "dst=10.0.0.0/8 dev=a", "dst=10.0.0.0/8 via=192.0.2.1 table=254 metric=0"),
        (ROUTES, "dst=2001:DB8::/32 dev=a", "dst=2001:db8::/32 dev=b metric=1024"),
        (RULES, "priority=5 from=192.0.2.0/24 table=7", "priority=5 family=inet from=192.0.2.0/24 table=7 not=no"),
        (RULES, "priority=5 fwmark=0x10 table=7", "priority=5 fwmark=16 fwmask=0xffffffff table=7 action=lookup"),
    ],
)
def test_the_same_object_in_other_words_has_the_same_key(family: Family, one: str, other: str) -> None:
    first, second = members.parse(family, f"{one}\n{other}\n")
    assert first.key == second.key
    assert [problem.reason for problem in members.problems(family, f"{one}\n{other}\n")] == [
        f"{first.key} is declared twice: remove one"
    ]


def test_a_summary_counts_what_comes_goes_and_changes() -> None:
    before = members.parse(ROUTES, "dst=10.0.0.0/8 dev=a\ndst=10.1.0.0/16 dev=a\n")
    after = members.parse(ROUTES, "dst=10.0.0.0/8 dev=b\ndst=10.2.0.0/16 dev=a\n")
    assert members.summary(before, after) == "1 to add, 1 to remove, 1 to change"
