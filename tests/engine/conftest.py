"""Projects for tests with the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.deployment import Deployment


@pytest.fixture
def deployment(tmp_path: Path) -> Iterator[Deployment]:
    """A project with a stack and no routers yet."""
    with Deployment(tmp_path / "project") as project:
        yield project
