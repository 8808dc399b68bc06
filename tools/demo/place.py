"""Where the demo works: a folder of its own in the clone, empty at each start."""

import os
import shutil

from tools.setup import ROOT

FOLDER = ROOT / "build" / "demo"


def prepare() -> None:
    """Makes the folder anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name in ("state", "tmp"):
        (FOLDER / name).mkdir(parents=True)


def environment() -> dict[str, str]:
    """What every program of the demo is started with: its temporary files stay in the folder too."""
    return {**os.environ, "TMPDIR": str(FOLDER / "tmp")}
