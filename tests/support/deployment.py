"""A Pulumi project in a temporary folder, driven by the real CLI against emulated routers."""

from __future__ import annotations

import json
import os
import subprocess
import textwrap
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

import yaml

from isthmus_lab import EmulatedRouter

PASSWORD = "correct-horse-battery-staple"
USER = "pulumi"


class Outcome(NamedTuple):
    """How a command ended, and all that it printed."""

    code: int
    text: str

    @property
    def lines(self) -> list[str]:
        """What was printed, without empty lines."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass
class Deployment:
    """One project with its own backend; several stacks may share it and its routers."""

    folder: Path
    routers: dict[str, EmulatedRouter] = field(default_factory=dict)
    others: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    stack: str = "dev"
    environment: dict[str, str] = field(default_factory=dict)
    _exit: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        (self.folder / "state").mkdir(parents=True)
        (self.folder / "Pulumi.yaml").write_text("name: lab\nruntime: python\n")
        self.select(self.stack)
        return self

    def __exit__(self, *_: object) -> None:
        self._exit.close()

    def router(self, name: str, version: str = "7.16", **options: Any) -> EmulatedRouter:
        """Start a router, with a user of its own, and write it into the devices file."""
        router = self._exit.enter_context(EmulatedRouter(name, version, **options))
        router.control.execute("/user/add", {"name": USER, "group": "full", "password": PASSWORD})
        self.routers[name] = router
        self.write_devices()
        return router

    def device(self, name: str, entry: Mapping[str, Any]) -> None:
        """Write a device that is no emulated router into the devices file."""
        self.others[name] = entry
        self.write_devices()

    def write_devices(self, **changed: Mapping[str, Any] | None) -> None:
        """Write the devices file: all routers, some of them described otherwise, or left out (None)."""
        devices = {
            name: {**self.entry(name), **(changed.get(name) or {})}
            for name in self.routers
            if changed.get(name, {}) is not None
        }
        (self.folder / "devices.yaml").write_text(yaml.safe_dump({**devices, **self.others}))

    def entry(self, name: str) -> dict[str, Any]:
        """Return how the devices file describes a router."""
        port = self.routers[name].api_port
        return {
            "kind": "routeros",
            "host": "127.0.0.1",
            "port": port,
            "user": USER,
            "password": {"env": "ROUTER_PASSWORD"},
            "tls": "off",
        }

    def program(self, text: str) -> None:
        """Write the program; what every program imports stands in front of it."""
        head = "import pulumi\nfrom isthmus import Secret, linux, routeros\n"
        (self.folder / "__main__.py").write_text(head + textwrap.dedent(text))

    def select(self, stack: str) -> None:
        """Go on with another stack of the project, made if it is new."""
        self.stack = stack
        self.pulumi("stack", "select", "--create", stack, check=True)

    def pulumi(self, *arguments: str, check: bool = False) -> Outcome:
        """Run one command of the CLI."""
        done = subprocess.run(
            ["pulumi", *arguments, "--non-interactive", "--color", "never"],
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stdout
        return Outcome(done.returncode, done.stdout)

    def up(self, *arguments: str, check: bool = True) -> Outcome:
        """Build what the program declares."""
        return self.pulumi("up", "--yes", "--skip-preview", *arguments, check=check)

    def preview(self, *arguments: str, check: bool = True) -> Outcome:
        """Say what an `up` would do."""
        return self.pulumi("preview", "--diff", *arguments, check=check)

    def unchanged(self, *arguments: str) -> None:
        """Fail if a preview has anything to do."""
        outcome = self.preview("--expect-no-changes", *arguments, check=False)
        assert outcome.code == 0, outcome.text

    def destroy(self, *arguments: str, check: bool = True) -> Outcome:
        """Remove everything."""
        return self.pulumi("destroy", "--yes", "--skip-preview", *arguments, check=check)

    def state(self) -> list[dict[str, Any]]:
        """Return the resources in the stack's state, without the stack itself and providers."""
        exported = json.loads(self.pulumi("stack", "export", check=True).text)
        resources = exported["deployment"].get("resources", [])
        return [entry for entry in resources if entry["type"].startswith("pulumi-python:")]

    def _environment(self) -> dict[str, str]:
        own = {
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "passphrase",
            "PULUMI_HOME": str(self.folder.parent / "pulumi-home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "ROUTER_PASSWORD": PASSWORD,
        }
        return {**os.environ, **own, **self.environment}
