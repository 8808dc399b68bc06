"""``isthmus-lab reboot``: boot a host of a lab anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus_lab.cli.labs import add_lab
from isthmus_lab.finding import find

if TYPE_CHECKING:
    import argparse


def register(subcommands: Any) -> None:
    """Add the subcommand."""
    parser = subcommands.add_parser(
        "reboot",
        help="boot a host anew",
        description="End everything in a host, forget its network, /run and /tmp, boot it, and return when its SSH "
        "answers. Also starts a host that is down.",
    )
    parser.set_defaults(run=run)
    add_lab(parser)
    parser.add_argument("node", metavar="NODE")


def run(chosen: argparse.Namespace) -> int:
    """Reboot it."""
    find(chosen.lab).host(chosen.node).reboot()
    return 0
