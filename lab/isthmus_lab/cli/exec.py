"""``isthmus-lab exec``: run a command in a host of a lab."""

from __future__ import annotations

import argparse
from typing import Any

from isthmus_lab.cli.labs import add_lab, become
from isthmus_lab.errors import LabError
from isthmus_lab.finding import find


def register(subcommands: Any) -> None:
    """Add the subcommand."""
    parser = subcommands.add_parser(
        "exec",
        help="run a command in a host",
        description="Run a command in a host as root, past its SSH; the exit status is the command's.",
        usage="isthmus-lab exec [-h] [--lab NAME] NODE -- COMMAND ...",
    )
    parser.set_defaults(run=run)
    add_lab(parser)
    parser.add_argument("node", metavar="NODE")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND")


def run(chosen: argparse.Namespace) -> int:
    """Become the command."""
    words = chosen.words[1:] if chosen.words[:1] == ["--"] else chosen.words
    if not words:
        raise LabError(f"say what to run: isthmus-lab exec {chosen.node} -- COMMAND")
    return become(find(chosen.lab).host(chosen.node).entering(words))
