"""The command line: `isthmus devices check`, `isthmus devices trust`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from isthmus.cli import devices
from isthmus.errors import IsthmusError

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 for an error in one line, 2 for wrong usage, 130 for Ctrl-C."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except IsthmusError as error:
        print(f"isthmus: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="isthmus", description="Joins networks: MikroTik routers and Linux hosts.")
    devices.register(parser.add_subparsers(required=True, metavar="COMMAND"))
    return parser
