"""The agent's own functions on a network namespace of this machine, with a record of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from isthmus_agent.host import Host
from isthmus_agent.within import scratch
from tests.support.linux import namespace


@pytest.fixture(autouse=True)
def _elsewhere() -> Iterator[None]:
    """Let a mistake that forgets the namespace hit an empty one, and never the machine's own."""
    if os.geteuid() != 0:
        yield
        return
    with scratch():
        yield


@pytest.fixture
def netns() -> Iterator[str]:
    if os.geteuid() != 0:
        pytest.skip("network namespaces are made as root")
    with namespace("agent") as name:
        yield name


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    host = Host(home=tmp_path / "isthmus")
    yield host
    host.close()
