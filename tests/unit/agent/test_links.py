"""Every property of every kind of link is set, shown, changed and taken away, as far as this machine's kernel goes."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from isthmus_agent.host import Host
from tests.support import agents
from tests.support.agents import Agent
from tests.support.link_trials import KINDS, Trial, properties, scenery

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


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_link_has_the_defaults_that_are_declared(agent: Agent, kind: str) -> None:
    Trial(agent, NETNS, kind, pytest.skip).defaults()


@pytest.mark.parametrize(("kind", "name"), properties())
def test_a_property_is_set_shown_changed_and_taken_away(agent: Agent, kind: str, name: str) -> None:
    Trial(agent, NETNS, kind, pytest.skip).property(name)
