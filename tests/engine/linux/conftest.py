"""A project whose only device is a network namespace of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.deployment import Deployment
from tests.support.linux import namespace


@pytest.fixture
def host() -> Iterator[str]:
    if os.geteuid() != 0:
        pytest.skip("network namespaces are made as root")
    with namespace("host") as name:
        yield name


@pytest.fixture
def project(tmp_path: Path, host: str) -> Iterator[Deployment]:
    home = str(tmp_path / "agent")
    with Deployment(tmp_path / "project", environment={"ISTHMUS_AGENT_HOME": home}) as project:
        project.device("gw", {"kind": "linux", "connection": "local", "netns": host})
        yield project
