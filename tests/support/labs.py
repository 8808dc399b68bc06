"""Labs for tests with real packets."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from isthmus_lab import Lab, LabError
from isthmus_lab.linux import needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from isthmus_lab.topology import Topology


def skip_unless(check: Callable[[], object]) -> None:
    """Skip the test where the machine lacks something, saying what; in CI, which is to have all, let it fail."""
    try:
        check()
    except LabError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error).replace("\n", "; "))


def skip_unless_it_stands(topology: Topology) -> None:
    """Skip the test where the machine cannot carry the topology."""
    skip_unless(lambda: needs.check(topology))


@contextmanager
def standing(file: Path, text: str, *, name: str | None = None) -> Iterator[Lab]:
    """Bring up the lab of this topology, written to this file, until the end of ``with``."""
    file.write_text(text)
    lab = Lab.from_file(file, name=name)
    skip_unless_it_stands(lab.topology)
    with lab:
        yield lab


def ssh(lab: Lab, node: str, command: str, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Log in to a host of the lab as its users do, from what the lab wrote for them."""
    options = {
        "UserKnownHostsFile": lab.folder.known_hosts,
        "StrictHostKeyChecking": "yes",
        "IdentitiesOnly": "yes",
        "BatchMode": "yes",
        "ConnectTimeout": "10",
    }
    words = ["ssh", "-F", "none", "-i", str(lab.folder.key), *(f"-o{name}={value}" for name, value in options.items())]
    user = lab.status()["hosts"][node]["user"]
    return subprocess.run(
        [*words, "-p", str(lab.host(node).port), f"{user}@127.0.0.1", command],
        check=check,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
