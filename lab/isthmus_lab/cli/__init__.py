"""The command ``isthmus-lab``.

A subcommand is a module with ``register``, which adds its parser and says by ``set_defaults(run=...)`` what to call;
``run`` takes the parsed arguments and returns the exit status.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from isthmus_lab.cli import capture, control, down, graph, reboot, router, shell, up
from isthmus_lab.cli import exec as execute
from isthmus_lab.errors import LabError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; what the lab cannot do is one line on standard error and status 1."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except LabError as error:
        print(f"isthmus-lab: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read has had enough; nothing is to be written when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="isthmus-lab", description="Linux hosts and routers on this machine.")
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")
    for subcommand in (up, down, execute, shell, graph, capture, reboot, router, control):
        subcommand.register(subcommands)
    return parser
