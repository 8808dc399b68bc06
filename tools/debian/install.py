"""Installs packages with apt-get, as root: `python -m tools.debian.install PACKAGE ...`.

A program of its own, so that the setup can call it by sudo.
"""

import os
import sys

from tools.debian import quiet
from tools.steps import StepError, run

LOCK_SECONDS = 600


def main(packages: list[str]) -> int:
    """Installs them; what keeps apt-get from doing so is one line and status 1."""
    try:
        with quiet.nothing_starts():
            install(packages)
        quiet.disable(packages)
    except (StepError, OSError) as error:
        print(f"Debian packages: {error}", file=sys.stderr)
        return 1
    return 0


def install(packages: list[str]) -> None:
    """Fetches the lists and then the packages; another apt-get is waited for."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "--quiet", "--yes", "-o", f"DPkg::Lock::Timeout={LOCK_SECONDS}"]
    keep_files = ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"]
    run("fetching Debian's package lists", [*apt, "update"], env=environment)
    label = f"installing {len(packages)} Debian packages"
    run(label, [*apt, *keep_files, "install", "--no-install-recommends", *packages], env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
