"""Isthmus's own command line."""

import subprocess
import sys
from collections.abc import Mapping

from tools.demo import telling
from tools.demo.place import environment
from tools.demo.processes import running
from tools.demo.routers import DEVICES
from tools.demo.telling import DemoError
from tools.setup import ROOT
from tools.steps import last_line


def trust(env: Mapping[str, str]) -> None:
    """Records the routers' serial numbers and versions in a lock file beside the devices file."""
    arguments = ["devices", "trust", "--yes", "--devices", str(DEVICES.relative_to(ROOT))]
    telling.command(" ".join(["isthmus", *arguments]))
    command = [sys.executable, "-m", "isthmus.cli", *arguments]
    with running(command, cwd=ROOT, env={**environment(), **env}, output=subprocess.PIPE) as process:
        output = process.communicate()[0].decode()
    if process.returncode != 0:
        raise DemoError(last_line(output) or "`isthmus devices trust` failed")
    telling.lines(output.splitlines())
