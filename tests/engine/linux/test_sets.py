"""Sets of objects on a Linux host: many as one resource, all or none, and nobody else's."""

from __future__ import annotations

import pytest

from tests.support.deployment import Deployment
from tests.support.linux import ip

PROGRAM = """
links = linux.Links("tunnels", device="gw", links=[
    linux.LinkArgs(kind="bridge", name="br0"),
    *[{{"kind": "vxlan", "name": f"vx{{n}}", "vni": n, "remote": "198.51.100.1", "dstport": 4789, "mtu": {mtu}}}
      for n in {numbers}],
])
addresses = linux.Addresses("inside", device="gw", opts=pulumi.ResourceOptions(depends_on=[links]), addresses=[
    linux.AddressArgs(address=f"10.0.{{n}}.1/24", dev=f"vx{{n}}") for n in {numbers}
])
linux.Routes("far", device="gw", opts=pulumi.ResourceOptions(depends_on=[addresses]), routes=[
    *[linux.RouteArgs(dst=f"10.1.{{n}}.0/24", via=f"10.0.{{n}}.2", advmss={mss}) for n in {numbers}],
    {{"dst": "10.2.0.0/16", "type": "blackhole", "metric": 500}},
])
linux.Rules("policy", device="gw", rules=[
    linux.RuleArgs(priority=1000 + n, from_=f"10.1.{{n}}.0/24", table=100) for n in {numbers}
])
"""
FIRST = {"mtu": 1400, "mss": 1300, "numbers": "(1, 2, 3)"}


def everything(host: str) -> str:
    """Return what there is on the host, without what the kernel makes and chooses by itself."""
    links = [" ".join(line.split()[:2]) for line in ip(host, "-br", "link").splitlines()]
    addresses = [line.split()[1:4] for line in ip(host, "-4", "-o", "addr").splitlines()]
    routes = [line for line in ip(host, "-N", "route", "show", "table", "all").splitlines() if "proto 2 " not in line]
    return "\n".join([*sorted(links), *sorted(map(str, addresses)), ip(host, "rule"), *routes])


def test_sets_come_change_drift_and_go(project: Deployment, host: str) -> None:
    before = everything(host)
    ip(host, "rule", "add", "pref", "1001", "from", "192.0.2.0/24", "lookup", "7")
    ip(host, "route", "add", "blackhole", "10.9.0.0/16", "proto", "bird")
    others = everything(host)
    project.program(PROGRAM.format(**FIRST))
    preview = project.preview().text
    assert "kind=vxlan name=vx1 mtu=1400" in preview
    assert "dst=10.1.2.0/24 via=10.0.2.2" in preview
    project.up()
    project.unchanged("--refresh")
    built = everything(host)

    project.program(PROGRAM.format(mtu=1380, mss=1280, numbers="(2, 3, 4)"))
    preview = project.preview().text
    assert "- kind=vxlan name=vx1 mtu=1400 vni=1 remote=198.51.100.1 dstport=4789" in preview
    assert "gw: link: 1 to add, 1 to remove, 2 to change" in preview
    assert "gw: rule: 1 to add, 1 to remove" in preview
    project.up()
    assert "vx1" not in ip(host, "link")
    assert "mtu 1380" in ip(host, "link", "show", "vx2")
    assert "10.1.4.0/24 via 10.0.4.2 dev vx4 proto 200 advmss 1280" in ip(host, "route").replace("  ", " ")
    project.unchanged("--refresh")

    ip(host, "link", "del", "vx4")
    ip(host, "link", "set", "vx2", "mtu", "1300")
    ip(host, "route", "change", "blackhole", "10.2.0.0/16", "metric", "500", "proto", "static")
    ip(host, "rule", "del", "pref", "1003")
    drift = project.preview("--refresh").text
    for line in (
        "gw: link: 1 to add, 1 to change",
        "gw: address: 1 to add",
        "gw: route: 1 to add, 1 to change",
        "gw: rule: 1 to add",
    ):
        assert line in drift
    project.program(PROGRAM.format(**FIRST))
    project.up("--refresh")
    assert everything(host) == built
    project.unchanged("--refresh")
    project.destroy()
    assert everything(host) == others
    ip(host, "rule", "del", "pref", "1001")
    ip(host, "route", "del", "blackhole", "10.9.0.0/16")
    assert everything(host) == before


def test_one_refused_object_takes_the_others_back(project: Deployment, host: str) -> None:
    ip(host, "link", "add", "br0", "type", "bridge")
    ip(host, "link", "set", "br0", "up")
    before = everything(host)
    program = """
    linux.Addresses("a", device="gw", addresses=[
        {{"address": f"10.0.{{n}}.1/24", "dev": {dev}}} for n in range(5)])
    """
    project.program(program.format(dev="'br0' if n < 4 else 'gone0'"))
    refused = project.up(check=False)
    assert "gw: address 10.0.4.1/24 gone0: there is no link 'gone0'" in refused.text
    assert everything(host) == before
    project.program(program.format(dev="'br0'"))
    project.up()
    project.program(program.format(dev="'br0' if n else 'gone0'"))
    built = everything(host)
    assert project.up(check=False).code != 0
    assert everything(host) == built


def test_a_link_that_becomes_one_of_another_kind_keeps_its_name_and_what_is_on_it(
    project: Deployment, host: str
) -> None:
    program = """
    links = linux.Links("links", device="gw", links=[{{"kind": {kind!r}, "name": "x0", {more}}}])
    linux.Addresses("inside", device="gw", opts=pulumi.ResourceOptions(depends_on=[links]), addresses=[
        {{"address": "10.0.0.1/24", "dev": "x0"}}])
    """
    project.program(program.format(kind="bridge", more=""))
    project.up()
    project.program(program.format(kind="vxlan", more="'vni': 5, 'dstport': 4789, 'remote': '198.51.100.1'"))
    project.up()
    assert "vxlan id 5" in ip(host, "-d", "link", "show", "x0")
    assert "10.0.0.1/24" in ip(host, "addr", "show", "x0")
    project.unchanged("--refresh")
    project.program(program.format(kind="vxlan", more="'vni': 6, 'dstport': 4789, 'remote': '198.51.100.1'"))
    project.up()
    assert "vxlan id 6" in ip(host, "-d", "link", "show", "x0")
    assert "10.0.0.1/24" in ip(host, "addr", "show", "x0")
    project.unchanged("--refresh")


def test_what_is_somebody_elses_is_adopted_only_if_asked_and_given_back(project: Deployment, host: str) -> None:
    ip(host, "link", "add", "br0", "type", "bridge")
    ip(host, "link", "set", "br0", "up")
    ip(host, "addr", "add", "10.0.0.1/24", "dev", "br0")
    ip(host, "route", "add", "10.1.0.0/24", "via", "10.0.0.2", "proto", "dhcp")
    before = everything(host)
    program = """
    linux.Routes("far", device="gw", {more} routes=[
        {{"dst": f"10.1.{{n}}.0/24", "via": "10.0.0.3"}} for n in range(3)])
    """
    project.program(program.format(more=""))
    assert "gw: route 10.1.0.0/24 table main: exists already and is nobody's" in project.up(check=False).text
    assert everything(host) == before
    project.program(program.format(more="adopt=True,"))
    project.up()
    project.unchanged("--refresh")
    project.destroy()
    assert everything(host) == before


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (
            "linux.Routes('r', device='gw', routes=[{'dst': '10.0.0.1/24', 'dev': 'lo'}])",
            "route 1: route: dst: expected a prefix such as",
        ),
        (
            "linux.Routes('r', device='gw', routes=[{'dest': '10.0.0.0/24', 'dst': '::/0', 'dev': 'lo'}])",
            "route 1: route has no property 'dest'; did you mean 'dst'?",
        ),
        (
            "linux.Routes('r', device='gw', routes=[{'dst': '::/0', 'dev': d} for d in ('lo', 'br0')])",
            "route dst=::/0 table=main metric=1024 tos=0 is declared twice",
        ),
        ("linux.Links('l', device='gw', links=[{'kind': 'grre', 'name': 'x'}])", "link 1: 'grre' is no kind of link"),
        (
            "linux.Links('l', device='gw', links=[{'kind': 'gre', 'local': '192.0.2.1', 'remote': '192.0.2.2'}])",
            "link 1: link/gre: name is required",
        ),
        (
            "linux.Links('l', device='gw', links=[{'kind': 'bridge', 'name': 'x'}, {'kind': 'dummy', 'name': 'x'}])",
            "link x is declared twice",
        ),
        (
            "linux.Rules('l', device='gw', rules=[{'priority': 5}])",
            "rule 1: rule: table: a rule that looks up needs a table",
        ),
        ("linux.Rules('l', device='gw')", "rules is required"),
    ],
)
def test_what_is_wrong_with_an_object_is_told_before_the_host_is_asked(
    project: Deployment, program: str, reason: str
) -> None:
    project.program(program)
    outcome = project.preview(check=False)
    assert outcome.code != 0
    assert f"gw: {reason}" in outcome.text
