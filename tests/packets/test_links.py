"""Every property of every kind of link, on Debian's own kernel with all its modules: nothing is left out there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from isthmus_lab.vm import Vm
from tests.support import agents
from tests.support.agents import Agent
from tests.support.link_trials import KINDS, Trial, properties, scenery

NETNS = "isthmus-links"
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
