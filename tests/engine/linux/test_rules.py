"""Routing rules on a Linux host, one resource each."""

from __future__ import annotations

import pytest

from tests.support.deployment import Deployment
from tests.support.linux import ip


def rules(host: str) -> str:
    return ip(host, "rule") + ip(host, "-6", "rule")


def declared(*arguments: str) -> str:
    return "\n".join(f"linux.Rule('r{number}', device='gw', {words})" for number, words in enumerate(arguments))


def test_rules_come_are_replaced_drift_and_go(project: Deployment, host: str) -> None:
    ip(host, "rule", "add", "pref", "100", "from", "203.0.113.0/24", "lookup", "7")
    before = rules(host)
    first = [
        "priority=100, from_='192.0.2.0/24', table=100",
        "priority=100, from_='2001:DB8::/32', to='2001:db8:1::/48', not_=True, table='main'",
        "priority=101, fwmark=0x10, fwmask=255, iif='lo', table=100, suppress_prefixlength=0",
        "priority=102, family='inet6', action='prohibit', ipproto='tcp', dport='80-90', uidrange='1000-1999'",
        "priority=103, l3mdev=True",
    ]
    project.program(declared(*first))
    project.up()
    assert "100:\tfrom 192.0.2.0/24 lookup 100 proto 200" in ip(host, "rule")
    assert "101:\tfrom all fwmark 0x10/0xff iif lo lookup 100 suppress_prefixlength 0" in ip(host, "rule")
    assert "100:\tnot from 2001:db8::/32 to 2001:db8:1::/48 lookup main" in ip(host, "-6", "rule")
    project.unchanged("--refresh")
    built = rules(host)

    project.program(declared(first[0].replace("table=100", "table=101"), *first[1:]))
    project.up()
    assert "100:\tfrom 192.0.2.0/24 lookup 101" in ip(host, "rule")
    project.unchanged("--refresh")
    project.program(declared(*first))
    project.up()

    ip(host, "rule", "del", "pref", "101")
    ip(host, "rule", "del", "pref", "100", "from", "192.0.2.0/24")
    ip(host, "rule", "add", "pref", "100", "from", "192.0.2.0/24", "lookup", "9")
    project.up("--refresh")
    ip(host, "rule", "del", "pref", "100", "from", "192.0.2.0/24", "lookup", "9")
    assert sorted(rules(host).splitlines()) == sorted(built.splitlines())
    project.unchanged("--refresh")
    project.destroy()
    assert rules(host) == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("priority=1", "rule: table: a rule that looks up needs a table, or l3mdev=True"),
        ("priority=1, table=5, action='blackhole'", "table: a rule with action blackhole looks up no table"),
        ("priority=1, table=5, from_='192.0.2.0/24', to='2001:db8::/32'", "of another family than 192.0.2.0/24"),
        ("priority=1, table=5, from_='192.0.2.0/24', family='inet6'", "from: 192.0.2.0/24 is not of the family inet6"),
        ("priority=1, table=5, to='::/0'", "to: ::/0 is what a rule without it is about: remove it, and say family"),
        ("priority=9, action='goto', goto=5", "goto: a rule goes only forward, to a priority above its own, 9"),
        ("priority=9, action='goto'", "goto: action='goto' and the priority to go to, goto, belong together"),
        ("priority=9, fwmask=5, table=5", "fwmask: there is no mark to compare: add fwmark"),
        ("priority=9, dport='90-80', table=5", "dport: expected a number or a range such as 80-90"),
        ("priority=9, ipproto='tpc', table=5", "ipproto: expected one of icmp, tcp, udp"),
        ("table=5", "rule: priority is required"),
    ],
)
def test_what_no_rule_can_be_is_told_before_the_host_is_asked(project: Deployment, arguments: str, reason: str) -> None:
    project.program(declared(arguments))
    outcome = project.preview(check=False)
    assert outcome.code != 0
    assert reason in outcome.text
