"""The Pulumi CLI, built once from Go's module registry into the user's cache.

A build happens in a folder of its own, under a lock, and is renamed to its final name when it is whole:
a killed build is never taken for a finished one, and the next goes on from what it had fetched and compiled.
"""

import hashlib
import os
import platform
import re
import shutil
from pathlib import Path

from tools import cache
from tools.pulumi_cli import PINS, PROGRAMS
from tools.pulumi_cli.go import Go, toolchain
from tools.steps import Command, StepError, run

CLI = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
LANGUAGE_HOST = "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
SDK = "github.com/pulumi/pulumi/sdk/v3"
SCRIPTS = ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python")


def built() -> Path:
    """The folder with the programs, built first where the cache does not have them.

    Raises:
        StepError: there is no Go to build with, or the build fails.
    """
    final = cache.folder() / f"pulumi-{pinned_version()}-{digest_of_pins()}"
    if not final.exists():
        with cache.locked(cache.folder() / "pulumi.lock", "waiting for another build of the Pulumi CLI"):
            if not final.exists():
                _build(final)
    return final / "bin"


def pinned_version() -> str:
    """The version of the CLI that go.mod pins, such as `v3.259.0`."""
    pin = re.search(r"github.com/pulumi/pulumi/pkg/v3 (v\S+)", (PINS / "cli" / "go.mod").read_text())
    if pin is None:
        raise StepError(f"{PINS / 'cli' / 'go.mod'} does not pin github.com/pulumi/pulumi/pkg/v3")
    return pin[1]


def digest_of_pins() -> str:
    """Twelve hex digits that change with any pin and with the kind of machine."""
    digest = hashlib.sha256(f"{platform.system()} {platform.machine()}".encode())
    for pins in sorted(PINS.glob("*/go.*")):
        digest.update(pins.read_bytes())
    return digest.hexdigest()[:12]


def _build(final: Path) -> None:
    work = final.with_name(final.name + ".building")
    result = work / "result"
    shutil.rmtree(result, ignore_errors=True)
    (result / "bin").mkdir(parents=True)
    _compile(toolchain(work), result / "bin")
    _prove(result / "bin", work / "home")
    result.rename(final)
    shutil.rmtree(work, ignore_errors=True)


def _compile(go: Go, folder: Path) -> None:
    version = f"-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version={pinned_version()}"
    options: Command = ["-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", version, "-o", f"{folder}/"]
    go.build(CLI, PINS / "cli", options, "building the Pulumi CLI, once: 2 to 5 minutes")
    go.build(LANGUAGE_HOST, PINS / "language", options, "building its Python language host")
    for script in SCRIPTS:
        Path(shutil.copyfile(go.source(SDK, PINS / "cli") / script, folder / Path(script).name)).chmod(0o755)


def _prove(folder: Path, home: Path) -> None:
    missing = [name for name in PROGRAMS if not os.access(folder / name, os.X_OK)]
    if missing:
        raise StepError(f"the build of the Pulumi CLI left out {', '.join(missing)}")
    environment = os.environ | {"PULUMI_HOME": str(home), "PULUMI_SKIP_UPDATE_CHECK": "true"}
    run("trying the Pulumi CLI", [folder / "pulumi", "version"], env=environment)
