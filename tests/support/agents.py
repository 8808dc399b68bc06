"""An agent that tests speak to: in this process, or in a virtual machine over its own protocol."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from isthmus.transports.linux.session import Call, Refusal, Session
from isthmus.transports.linux.zipapp import zipapp
from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_lab.vm import Vm

Ip = Callable[..., str]
"""Runs `ip` on the host with some words, and returns what it prints."""


class Agent:
    """Answers calls; `run` runs a command on its host. Raises Refused with what the host refuses."""

    def __init__(self, ask: Callable[..., Any], run: Callable[[Sequence[str]], str]) -> None:
        self.ask = ask
        self.run = run

    def put(self, kind: str, props: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Make or change an object, and return it as it is."""
        wanted = {"kind": kind, "mark": MARK, "props": props, **more}
        actual: dict[str, Any] = self.ask("put", objects=[wanted])["objects"][0]["actual"]
        return actual

    def drop(self, kind: str, props: dict[str, Any]) -> None:
        """Remove an object."""
        self.ask("drop", objects=[{"kind": kind, "mark": MARK, "props": props}])


MARK = "u-7f3a-9c01d2e4"


def here(host: Host) -> Agent:
    """Return an agent in this process."""

    def ask(name: str, **arguments: Any) -> Any:
        return calls.CALLS[name](host, **arguments)

    def run(command: Sequence[str]) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return Agent(ask, run)


@contextmanager
def inside(vm: Vm) -> Iterator[Agent]:
    """Start an agent in a virtual machine, as SSH starts one on a host."""
    agent = vm.folder / "agent.pyz"
    agent.write_bytes(zipapp().content)
    home = {"ISTHMUS_AGENT_HOME": "/run/isthmus-agent"}
    session = Session("vm", _Process(vm.command(["python3", "-I", str(agent), "serve"], env=home)))

    def ask(name: str, **arguments: Any) -> Any:
        try:
            return session.calls([Call(name, arguments)])[0]
        except Refusal as refusal:
            raise Refused(str(refusal)) from None

    try:
        yield Agent(ask, lambda command: vm.run(command).stdout)
    finally:
        session.close()


class _Process:
    """The agent's standard input and output."""

    host_key: str | None = None
    jump_host_key: str | None = None

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, line: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line)
        self._process.stdin.flush()

    def receive(self) -> bytes:
        assert self._process.stdout is not None
        # An agent that is still at work sends an empty line now and then.
        return next((line for line in self._process.stdout if line.strip()), b"")

    def close(self) -> None:
        self._process.communicate(timeout=60)

    def ended(self) -> str:
        return f"the agent ended with status {self._process.wait(60)}"
