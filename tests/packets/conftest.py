"""What all tests with real packets share: one virtual machine, booted when the first test needs it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from isthmus_lab.vm import Vm, kernel, programs
from tests.support.labs import skip_unless


@pytest.fixture(scope="session")
def vm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vm]:
    """A virtual machine with Debian's kernel and all its modules."""

    def check() -> None:
        programs.require(programs.search_path())
        kernel.newest()

    skip_unless(check)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path_factory.mktemp("vm") / "run"))
        machine = Vm(f"tests-{os.getpid()}")
    with machine:
        yield machine
