"""Prints the folder of a Pulumi CLI that is new enough: from PATH, else built once into the user's cache."""

import os
import shutil
import sys
from pathlib import Path

from tools.pulumi_cli import PROGRAMS
from tools.pulumi_cli.build import built
from tools.pulumi_cli.go import numbers
from tools.steps import StepError, answer

OLDEST = (3, 254)

REMEDY = (
    "The Pulumi CLI is missing: install version 3.254 or newer (https://www.pulumi.com/docs/install/), "
    "or Go 1.25.11 or newer so that it can be built here, and run `make setup` again."
)


def main() -> int:
    """Prints the folder; where there is no way to one, says in a line why and how to get it."""
    try:
        print(on_path() or built())
    except StepError as error:
        print(f"{error}\n{REMEDY}", file=sys.stderr)
        return 1
    return 0


def on_path() -> Path | None:
    """The folder of the machine's own CLI, where it is new enough and its Python language host is beside it."""
    found = shutil.which("pulumi")
    if found is None:
        return None
    folder = Path(found).resolve().parent
    whole = all(os.access(folder / name, os.X_OK) for name in PROGRAMS)
    return folder if whole and version(folder / "pulumi") >= OLDEST else None


def version(pulumi: Path) -> tuple[int, ...]:
    """The version of this CLI; the empty one where it does not run."""
    return numbers(answer([pulumi, "version"], env=os.environ | {"PULUMI_SKIP_UPDATE_CHECK": "true"}))


if __name__ == "__main__":
    sys.exit(main())
