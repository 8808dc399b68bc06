"""Every property of every kind of link is set, shown, changed and taken away, as far as this machine's kernel goes."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from pyroute2.netlink.rtnl.ifinfmsg import ifinfmsg

from isthmus_agent.host import Host
from isthmus_agent.kinds import kind_named
from isthmus_agent.kinds.links.data import attributes
from isthmus_agent.kinds.links.link import Link
from tests.support import agents
from tests.support.agents import Agent
from tests.support.link_trials import KINDS, Trial, properties, scenery
from tests.support.link_values import tried

NETNS = f"isthmus-{os.getpid()}-links"


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agent]:
    if os.geteuid() != 0:
        pytest.skip("network namespaces are made as root")
    host = Host(home=tmp_path_factory.mktemp("home") / "isthmus")
    agent = agents.here(host)
    with scenery(agent, NETNS):
        yield agent
        host.close()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if getattr(kind_named(kind), "words", None)])
def test_no_attribute_is_written_that_netlink_would_leave_out(kind: str) -> None:
    link = kind_named(kind)
    assert isinstance(link, Link)
    values = {name: values.value for name in link.words if (values := tried(kind, name))}
    table = ifinfmsg.ifinfo.data_map["tun" if kind == "link/tap" else link.kind]
    known = {name for name, _ in table.nla_map}
    assert attributes(link.words, values, new=True).keys() <= known
    assert link.under in {"", "IFLA_LINK", *known}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_link_has_the_defaults_that_are_declared(agent: Agent, kind: str) -> None:
    Trial(agent, NETNS, kind, pytest.skip).defaults()


@pytest.mark.parametrize(("kind", "name"), properties())
def test_a_property_is_set_shown_changed_and_taken_away(agent: Agent, kind: str, name: str) -> None:
    Trial(agent, NETNS, kind, pytest.skip).property(name)
