"""Pulumi, run on the root project with a backend of the demo's own, and told without its noise."""

import json
import os
import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from tools.demo import telling
from tools.demo.place import FOLDER, environment
from tools.demo.processes import running
from tools.demo.routers import DEVICES
from tools.demo.telling import DemoError
from tools.setup import ROOT

STACK = "demo"
LOG = FOLDER / "pulumi.log"
COMPONENT = "isthmus:components:SiteToSiteIpsec"

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_COUNTS = "Resources:"
_NOISE = re.compile(
    r"$"
    r"|(Previewing|Updating|Refreshing|Destroying) "
    r"|\W*pulumi:pulumi:Stack: "
    r"|\s+\[(urn|id)="
    r"|\s+--outputs:--"
    r"|\s+\w+\s*: "
)
"""What surrounds a difference: headings, identifiers, and properties that are the same."""
_ERROR = re.compile(r"\s*(?:error: )?(\S.*(?:Error|error): .*|error: .*)")


class Pulumi:
    """The CLI with one stack."""

    def __init__(self, env: Mapping[str, str], program: str = "pulumi") -> None:
        self._program = program
        self._env = {
            **environment(),
            **env,
            "PULUMI_BACKEND_URL": f"file://{FOLDER / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "demo",
        }

    def make_stack(self) -> None:
        """Makes the stack from a project file in the demo's folder, so that its configuration lies there too."""
        (FOLDER / "Pulumi.yaml").write_text("name: isthmus\nruntime: python\n")
        at = ["--cwd", str(FOLDER)]
        self.run("stack", "init", STACK, *at)
        self.run("config", "set", "isthmus:devices", str(DEVICES.relative_to(ROOT)), "--stack", STACK, *at)

    def change(self, verb: str, *options: str) -> None:
        """Runs `up` or `destroy`, and tells how much was changed."""
        telling.command(" ".join(["pulumi", verb, *options, "--yes"]))
        telling.lines(counts(self._on_project(verb, *options, "--yes", "--skip-preview")))

    def preview(self, *options: str) -> None:
        """Runs `preview`, and tells the differences and how much is to change."""
        telling.command(" ".join(["pulumi", "preview", *options]))
        output = self._on_project("preview", *options, *([] if "--diff" in options else ["--diff"]))
        telling.lines([*differences(output), *counts(output)])

    def tunnel(self) -> dict[str, Any]:
        """What the component of the root project says that it built."""
        exported = json.loads(self.run("stack", "export", "--stack", STACK, colour=False))
        outputs = {entry["type"]: entry.get("outputs", {}) for entry in exported["deployment"]["resources"]}
        built: dict[str, Any] = outputs[COMPONENT]
        return built

    def run(self, *arguments: str, colour: bool | None = None) -> str:
        """Runs the CLI in the clone; what it printed also stands in the log. DemoError where it fails."""
        shown = telling.in_colour() if colour is None else colour
        command = [self._program, *arguments, "--non-interactive", "--color", "always" if shown else "never"]
        with LOG.open("ab+") as log:
            start = log.seek(0, 2)
            with running(command, cwd=ROOT, env=self._env, output=log) as process:
                process.wait()
            log.seek(start)
            output = log.read().decode(errors="replace")
        if process.returncode != 0:
            raise DemoError(
                f"`pulumi {arguments[0]}` failed: {_reason(output)} (all of it: {os.path.relpath(LOG, ROOT)})"
            )
        return output

    def _on_project(self, *arguments: str) -> str:
        return self.run(*arguments, "--stack", STACK, "--config-file", str(FOLDER / f"Pulumi.{STACK}.yaml"))


def counts(output: str) -> list[str]:
    """The lines that say how many resources were created, changed, deleted or left."""
    lines = iter(output.splitlines())
    while plain(next(lines, _COUNTS)) != _COUNTS:
        continue
    return [line.strip() for line in takewhile(plain, lines)]


def differences(output: str) -> list[str]:
    """What is different, and then the messages, each once."""
    shown = [
        line for line in takewhile(lambda line: plain(line) != _COUNTS, output.splitlines()) if not _is_noise(line)
    ]
    messages = dict.fromkeys(line for line in shown if _is_message(line))
    return [*(line for line in shown if not _is_message(line)), *messages]


def plain(line: str) -> str:
    """A line without its colours."""
    return _COLOUR.sub("", line).rstrip()


def _is_noise(line: str) -> bool:
    return _NOISE.match(plain(line)) is not None


def _is_message(line: str) -> bool:
    """Resources are indented below their stack; what a provider says is not."""
    return not plain(line).startswith(" ")


def _reason(output: str) -> str:
    found = (_ERROR.match(plain(line)) for line in output.splitlines())
    return next((error[1] for error in found if error), "it did not say why")
