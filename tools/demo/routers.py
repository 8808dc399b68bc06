"""The two emulated routers of the demo, each a process of its own."""

import base64
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from isthmus_lab.control import Control
from tools.demo.place import FOLDER, environment
from tools.demo.processes import running
from tools.demo.telling import DemoError
from tools.steps import last_line

VERSIONS = {"seattle": "7.16", "boise": "7.20"}
DEVICES = FOLDER / "devices.yaml"
USER = "pulumi"
START_SECONDS = 20

BY_HAND = {
    "seattle": [
        ("/system/identity/set", {"name": "seattle"}),
        ("/ip/address/add", {"address": "165.95.23.2/24", "interface": "ether1", "comment": "Internet"}),
        ("/ip/address/add", {"address": "192.168.90.1/24", "interface": "ether2", "comment": "Office"}),
        ("/ip/firewall/filter/add", {"chain": "input", "action": "drop", "in-interface": "ether1"}),
    ],
    "boise": [
        ("/system/identity/set", {"name": "boise"}),
        ("/ip/address/add", {"address": "87.16.79.2/24", "interface": "ether1", "comment": "Internet"}),
        ("/ip/address/add", {"address": "192.168.30.1/24", "interface": "ether2", "comment": "Office"}),
        ("/ip/firewall/nat/add", {"chain": "srcnat", "action": "masquerade", "out-interface": "ether1"}),
    ],
}
"""What an administrator configured before Pulumi came."""


@dataclass(frozen=True)
class DemoRouter:
    """A running router: where it listens, and its control channel."""

    name: str
    about: Mapping[str, Any]
    control: Control

    @property
    def entry(self) -> dict[str, Any]:
        """How the devices file describes it: pinned to its certificate, its password by reference."""
        pin = base64.b64encode(bytes.fromhex(self.about["fingerprint"])).decode()
        return {
            "kind": "routeros",
            "host": self.about["host"],
            "port": self.about["api_ssl_port"],
            "user": USER,
            "password": {"env": password_variable(self.name)},
            "tls": {"pin": f"sha256/{pin}"},
        }


def password_variable(name: str) -> str:
    """The environment variable that holds a router's password."""
    return f"{name.upper()}_PASSWORD"


def passwords() -> dict[str, str]:
    """New passwords, as environment variables."""
    return {password_variable(name): secrets.token_urlsafe(18) for name in VERSIONS}


@contextmanager
def started(env: Mapping[str, str]) -> Iterator[list[DemoRouter]]:
    """Both routers, configured by hand and written to the devices file, as long as the body runs."""
    with ExitStack() as stack:
        waiting = {name: stack.enter_context(_process(name, version, env)) for name, version in VERSIONS.items()}
        routers = [_ready(name, process) for name, process in waiting.items()]
        for router in routers:
            for path, words in BY_HAND[router.name]:
                router.control.execute(path, words)
        DEVICES.write_text(yaml.safe_dump({router.name: router.entry for router in routers}, sort_keys=False))
        yield routers


@contextmanager
def _process(name: str, version: str, env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "isthmus_lab", "router", "--name", name, "--version", version]
    command += ["--user", USER, "--password", f"env:{password_variable(name)}", "--ready-file", f"{name}.json"]
    # A unix socket's path may have about a hundred bytes, and a clone may lie deep: so its folder is relative.
    environment_of_lab = {**environment(), **env, "ISTHMUS_LAB_RUNTIME": "run"}
    with (
        (FOLDER / f"{name}.log").open("wb") as log,
        running(command, cwd=FOLDER, env=environment_of_lab, output=log) as process,
    ):
        yield process


def _ready(name: str, process: subprocess.Popen[bytes]) -> DemoRouter:
    """Waits until a router says where it listens."""
    announced, log = FOLDER / f"{name}.json", FOLDER / f"{name}.log"
    deadline = time.monotonic() + START_SECONDS
    while not announced.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise DemoError(f"the router {name} did not start: {last_line(log.read_text()) or 'it said nothing'}")
        time.sleep(0.02)
    about = json.loads(announced.read_text())
    return DemoRouter(name, about, Control(Path(os.path.relpath(FOLDER / about["control"]))))
