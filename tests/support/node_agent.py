"""An agent inside a host of a lab, spoken to as over SSH: a line of JSON for a line of JSON."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from isthmus.transports.linux.zipapp import zipapp
from isthmus_lab.linux.lab import Node


class HostRefusesError(AssertionError):
    """The host refuses what a test asked for."""


class Agent:
    """A running agent."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, call: str, **arguments: Any) -> Any:
        """Make one call and return its answer; HostRefusesError with the host's words."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"calls": [[call, arguments]]}) + "\n")
        self._process.stdin.flush()
        line = next((line for line in self._process.stdout if line.strip()), "")
        (reply,) = json.loads(line)["replies"]
        if "refused" in reply:
            raise HostRefusesError(reply["refused"])
        return reply["value"]

    def put(self, *objects: dict[str, Any]) -> list[dict[str, Any]]:
        """Make or change objects."""
        return list(self.ask("put", objects=list(objects))["objects"])

    def drop(self, *objects: dict[str, Any]) -> None:
        """Remove objects or give them back."""
        self.ask("drop", objects=list(objects))


@contextmanager
def agent_on(node: Node) -> Iterator[Agent]:
    """Start the agent as it travels, in one file, with the host's own Python."""
    place = "/var/tmp/agent.pyz"  # noqa: S108 - the host's own
    node.run(["/usr/bin/python3", "-c", _COPY, place], input=zipapp().content.hex())
    command = ["/usr/bin/python3", "-I", place, "serve"]
    with node.start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Agent(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


_COPY = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(bytes.fromhex(sys.stdin.read()))"


def write(node: Node, path: str, text: str) -> None:
    """Write a file of the host's own."""
    node.run(["sh", "-c", 'mkdir -p "$(dirname "$1")" && cat > "$1"', "sh", path], input=text)


def read(node: Node, path: str) -> str:
    """Return what is in a file of the host's own."""
    return str(node.run(["cat", path]).stdout)


__all__ = ["Agent", "HostRefusesError", "agent_on", "read", "write"]
