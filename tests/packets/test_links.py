"""Every property of every kind of link, on Debian's own kernel with all its modules: nothing is left out there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from isthmus_agent.errors import Refused
from isthmus_lab.vm import Vm
from tests.support import agents
from tests.support.agents import Agent
from tests.support.link_trials import KINDS, Trial, properties, scenery
from tests.support.link_values import LEAST

NETNS, OTHER = "isthmus-links", "u-7f3a-00000000"
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def agent(vm: Vm) -> Iterator[Agent]:
    with agents.inside(vm) as agent, scenery(agent, NETNS):
        yield agent


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_link_has_the_defaults_that_are_declared(agent: Agent, kind: str) -> None:
    Trial(agent, NETNS, kind, pytest.fail).defaults()


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_is_set_shown_changed_and_taken_away(agent: Agent, kind: str) -> None:
    trial = Trial(agent, NETNS, kind, pytest.fail)
    wrong = {}
    for name in [name for of, name in properties() if of == kind]:
        try:
            trial.property(name)
        except Exception as error:  # noqa: BLE001 - all that is wrong is told at once
            wrong[name] = str(error)
    assert not wrong


@pytest.mark.parametrize("kind", ["gre", "vti", "vti6", "xfrm", "ip6tnl", "vxlan", "wireguard"])
def test_a_tunnel_moves_and_its_packets_stay_where_they_are_told(agent: Agent, kind: str) -> None:
    name, private = f"link/{kind}", f"{NETNS}-private"
    least = {"name": "moved", "up": True, "link_netns": NETNS, **LEAST.get(name, {})}
    agent.put("netns", {"name": private}, mark=OTHER)
    try:
        there = agent.put(name, {**least, "netns": private})
        assert (there["netns"], there["link_netns"]) == (private, NETNS)
        back = agent.put(name, {**least, "netns": NETNS})
        assert {**there, "netns": NETNS} == back
        assert agent.put(name, {**least, "netns": private}) == there
        agent.drop(name, {**least, "netns": private})
    finally:
        agent.ask("drop", objects=[{"kind": "netns", "mark": OTHER, "props": {"name": private}}])


def test_two_tunnels_with_the_same_endpoints_are_refused_by_name(agent: Agent) -> None:
    one, two = ({"name": name, "netns": NETNS, **LEAST["link/sit"]} for name in ("sit-one", "sit-two"))
    agent.put("link/sit", one)
    try:
        with pytest.raises(Refused, match=r"link/sit sit-two: 'sit-one' is there with the same endpoints and keys: "):
            agent.put("link/sit", two, mark=OTHER)
    finally:
        agent.drop("link/sit", one)
