"""Hundreds of objects cost the kernel few messages, and each answer is told of its own object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds import KINDS
from isthmus_agent.kinds.links import Link
from isthmus_agent.kinds.links.netlink import Others, message_of
from isthmus_agent.kinds.links.told import links as told
from isthmus_agent.restore import restore
from isthmus_agent.wire import DONE, HEADER, INTERRUPTED, Wire
from tests.support.linux import ip

COUNT = 200
FEW = 12
"""Messages for a change of so many objects: some for their requests, the rest for readings before and after."""
Objects = list[dict[str, Any]]


def _of(kind: str, number: int, props: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "mark": f"u-7f3a-{number:08}", "props": props}


def tunnels(netns: str, count: int = COUNT, **words: Any) -> Objects:
    own = {"netns": netns, "local": "198.51.100.1", "remote": "198.51.100.2", **words}
    return [_of("link/vxlan", n, {"name": f"t{n}", "vni": n + 1, **own}) for n in range(count)]


def addresses(netns: str, count: int = COUNT) -> Objects:
    return [
        _of("address", 1000 + n, {"address": f"10.0.{n}.1/30", "dev": f"t{n}", "netns": netns}) for n in range(count)
    ]


def routes(netns: str, count: int = COUNT, **words: Any) -> Objects:
    return [
        _of("route", 2000 + n, {"dst": f"10.1.{n}.0/24", "via": f"10.0.{n}.2", "netns": netns, **words})
        for n in range(count)
    ]


class Counted:
    """How many messages a namespace's kernel was sent since this was last asked."""

    def __init__(self, host: Host, netns: str) -> None:
        self._host, self._netns, self._before = host, netns, 0

    def __call__(self) -> int:
        now = self._host.wire(self._netns).sent
        sent, self._before = now - self._before, now
        return sent


@pytest.fixture
def sent(host: Host, netns: str) -> Counted:
    return Counted(host, netns)


def test_two_hundred_tunnels_come_and_go_in_few_messages(host: Host, netns: str, sent: Counted) -> None:
    before = ip(netns, "addr")
    phases = [tunnels(netns), addresses(netns), routes(netns), routes(netns, mtu=1300)]
    for objects in phases:
        calls.put(host, objects)
        assert 0 < sent() <= FEW
    assert len(ip(netns, "route", "show", "proto", "200").splitlines()) == COUNT
    for objects in reversed(phases[:3]):
        calls.drop(host, objects)
        assert 0 < sent() <= FEW
    assert ip(netns, "addr") == before


def test_a_boot_restores_two_hundred_tunnels_in_few_messages(host: Host, netns: str, sent: Counted) -> None:
    for objects in (tunnels(netns), addresses(netns), routes(netns)):
        calls.put(host, objects)
    before = ip(netns, "-br", "addr"), ip(netns, "route")
    for number in range(COUNT // 2):
        ip(netns, "link", "del", f"t{number}")
    sent()
    assert restore(host) == 0
    assert sent() <= 3 * FEW
    assert sorted(_rows(ip(netns, "-br", "addr"))) == sorted(_rows(before[0]))
    assert sorted(ip(netns, "route").splitlines()) == sorted(before[1].splitlines())


def test_the_one_that_the_kernel_refuses_is_named_and_the_others_are_taken_back(
    host: Host, netns: str, sent: Counted
) -> None:
    calls.put(host, tunnels(netns, 20))
    calls.put(host, addresses(netns, 20))
    before = ip(netns, "addr"), ip(netns, "route")
    sent()
    wrong = routes(netns, 20)
    wrong[13]["props"]["via"] = "203.0.113.1"
    with pytest.raises(Refused, match=r"^route 10\.1\.13\.0/24 table main: via: the kernel refuses 203\.0\.113\.1"):
        calls.put(host, wrong)
    assert sent() <= FEW
    assert (ip(netns, "addr"), ip(netns, "route")) == before


def test_the_one_whose_link_is_missing_is_named_and_the_others_are_taken_back(host: Host, netns: str) -> None:
    calls.put(host, tunnels(netns, 20))
    wrong = addresses(netns, 20)
    wrong[7]["props"]["dev"] = "gone0"
    with pytest.raises(Refused, match=r"^address 10\.0\.7\.1/30 gone0: there is no link 'gone0'"):
        calls.put(host, wrong)
    assert ip(netns, "-4", "addr", "show", "type", "vxlan") == ""


def test_a_link_that_clashes_with_another_is_named_and_the_others_are_taken_back(host: Host, netns: str) -> None:
    wrong = tunnels(netns, 20)
    wrong[11]["props"]["vni"] = wrong[3]["props"]["vni"]
    with pytest.raises(Refused, match=r"^link/vxlan t11: .*'t3' is there with the same id and port"):
        calls.put(host, wrong)
    assert ip(netns, "link", "show", "type", "vxlan") == ""


def test_a_refused_setting_leaves_no_link(host: Host, netns: str) -> None:
    wrong = tunnels(netns, 5)
    wrong[2]["props"]["alias"] = "x" * 300
    with pytest.raises(Refused, match=r"^link/vxlan t2: alias: "):
        calls.put(host, wrong)
    assert ip(netns, "link", "show", "type", "vxlan") == ""


def test_a_dump_that_was_interrupted_is_asked_for_again() -> None:
    class Interrupted(Wire):
        def __init__(self) -> None:
            self.asked = 0

        def _dumped(self, _kind: int, _body: bytes) -> Iterator[bytes]:
            self.asked += 1
            yield HEADER.pack(16, 16, INTERRUPTED if self.asked < 3 else 0, 1, 0)
            yield HEADER.pack(16, DONE, 0, 1, 0)

    wire = Interrupted()
    assert len(wire.dump(18, b"")) == 1
    assert wire.asked == 3


@pytest.mark.parametrize(
    "words",
    [
        "type vxlan id 7 local 198.51.100.1 remote 198.51.100.2 dstport 4789 srcport 1000 2000",
        "type vxlan id 8 local 2001:db8::1 remote 2001:db8::2 dstport 4790 gbp",
        "type bridge vlan_default_pvid 0 forward_delay 450",
        "type veth peer name other",
        "link eth0 type macvlan mode bridge",
    ],
)
def test_a_link_is_read_as_pyroute2_reads_it(host: Host, netns: str, words: str) -> None:
    ip(netns, "link", "add", "eth0", "type", "veth", "peer", "name", "far")
    made = words.split()
    under = made[:2] if made[0] == "link" else []
    ip(netns, "link", "add", *under, "name", "made", *made[len(under) :])
    ip(netns, "link", "set", "made", "alias", "Büro", "mtu", "1400", "addrgenmode", "none")
    (mine,) = [message for message in told(host, netns) if message["ifname"] == "made"]
    its = message_of(host.route(netns), "made")
    others = Others(host, netns)
    kinds = [kind for kind in KINDS.values() if isinstance(kind, Link)]
    (kind,) = [kind for kind in kinds if kind.is_one(its)]
    assert [each for each in kinds if each.is_one(mine)] == [kind]
    assert kind.shown(host, mine, netns, others) == kind.shown(host, its, netns, others)


def _rows(shown: str) -> list[list[str]]:
    return [line.split() for line in shown.splitlines()]
