"""Rules are told apart as the kernel tells them apart, in both families."""

from __future__ import annotations

from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from tests.support.linux import ip

MARK = "u-7f3a-9c01d2e4"


def wanted(netns: str, mark: str = MARK, **props: Any) -> dict[str, Any]:
    return {"kind": "rule", "mark": mark, "props": {"priority": 100, "netns": netns, **props}}


def put(host: Host, each: dict[str, Any]) -> dict[str, Any]:
    (answer,) = calls.put(host, [each])["objects"]
    return dict(answer["actual"])


def rules(netns: str) -> str:
    return ip(netns, "rule") + ip(netns, "-6", "rule")


RULES: list[dict[str, Any]] = [
    {"from": "192.0.2.0/24", "table": 100},
    {"from": "192.0.2.1/32", "to": "198.51.100.0/24", "table": "main", "not": True},
    {"from": "2001:db8::/32", "table": 100},
    {"table": 100, "family": "inet6"},
    {"fwmark": 16, "fwmask": 255, "table": 100},
    {"fwmark": 16, "table": 100, "family": "inet6"},
    {"fwmark": 0, "fwmask": 255, "table": 100},
    {"iif": "lo", "oif": "eth9", "table": 1000},
    {"action": "blackhole", "tos": 16},
    {"action": "unreachable", "from": "2001:db8::/32"},
    {"action": "prohibit", "ipproto": "tcp", "sport": "1024-65534", "dport": "80"},
    {"action": "nop", "ipproto": 47},
    {"action": "goto", "goto": 200},
    {"table": "main", "suppress_prefixlength": 0},
    {"table": "main", "suppress_ifgroup": 5, "suppress_prefixlength": 8, "family": "inet6"},
    {"uidrange": "1000-1999", "table": 100},
    {"l3mdev": True},
    {"l3mdev": True, "family": "inet6"},
]


@pytest.mark.parametrize("props", RULES)
def test_a_rule_is_shown_as_it_was_put_and_goes_again(host: Host, netns: str, props: dict[str, Any]) -> None:
    before = rules(netns)
    each = wanted(netns, **props)
    shown = put(host, each)
    assert each["props"].items() <= shown.items()
    assert put(host, each) == shown
    assert rules(netns) != before
    calls.drop(host, [each])
    assert rules(netns) == before


def test_rules_that_differ_in_one_word_are_different(host: Host, netns: str) -> None:
    everything = [{**wanted(netns, f"{MARK}{number}"), "props": props} for number, props in enumerate(_alike(netns))]
    calls.put(host, everything)
    assert ip(netns, "rule").count("100:") == len(everything)
    calls.drop(host, everything[1:])
    assert ip(netns, "rule").count("100:") == 1


def test_a_rule_of_somebody_else_is_taken_over_only_if_asked_and_stays_afterwards(host: Host, netns: str) -> None:
    ip(netns, "rule", "add", "from", "192.0.2.0/24", "pref", "100", "lookup", "100")
    before = rules(netns)
    each = wanted(netns, **{"from": "192.0.2.0/24"}, table=100)
    with pytest.raises(Refused, match=r"rule 100 from 192.0.2.0/24 table 100: exists already and is nobody's"):
        put(host, each)
    put(host, {**each, "adopt": True})
    assert rules(netns) == before
    calls.drop(host, [each])
    assert rules(netns) == before


def test_a_rule_that_the_kernel_takes_for_another_is_refused(host: Host, netns: str) -> None:
    put(host, wanted(netns, to="192.0.2.0/24", table=100))
    with pytest.raises(Refused, match="a rule that differs only in `not` exists"):
        put(host, wanted(netns, "u-7f3a-00000001", to="192.0.2.0/24", table=100, **{"not": True}))


def test_the_rules_of_the_kernel_are_seen_and_left_alone(host: Host, netns: str) -> None:
    seen = calls.read(host, "rule", netns)
    assert [(rule["family"], rule["priority"], rule["table"]) for rule in seen] == [
        (family, priority, table)
        for family, kernel in {
            "inet": [(0, "local"), (32766, "main"), (32767, "default")],
            "inet6": [(0, "local"), (32766, "main")],
        }.items()
        for priority, table in kernel
    ]


def test_one_refused_rule_takes_the_others_back(host: Host, netns: str) -> None:
    before = rules(netns)
    fine = wanted(netns, "u-7f3a-00000001", table=100)
    with pytest.raises(Refused, match=r"rule 100 .*the kernel refuses"):
        calls.put(host, [fine, wanted(netns, action="goto", goto=50)])
    assert rules(netns) == before


def _alike(netns: str) -> list[dict[str, Any]]:
    plain = {"priority": 100, "netns": netns, "table": 100}
    words: list[dict[str, Any]] = [
        {},
        {"from": "192.0.2.0/24"},
        {"to": "192.0.2.0/24"},
        {"not": True, "to": "198.51.100.0/24"},
        {"fwmark": 1},
        {"fwmark": 1, "fwmask": 1},
        {"iif": "lo"},
        {"oif": "lo"},
        {"ipproto": "tcp"},
        {"ipproto": "tcp", "sport": "1"},
        {"ipproto": "tcp", "dport": "1"},
        {"uidrange": "1-2"},
        {"suppress_prefixlength": 0},
        {"suppress_ifgroup": 0},
        {"table": 101},
        {"table": "", "action": "prohibit"},
    ]
    return [{**plain, **each} for each in words]
