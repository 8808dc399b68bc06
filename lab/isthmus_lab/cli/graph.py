"""``isthmus-lab graph``: what of a lab stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus_lab.cli.labs import add_lab
from isthmus_lab.finding import find
from isthmus_lab.linux.picture import picture

if TYPE_CHECKING:
    import argparse


def register(subcommands: Any) -> None:
    """Add the subcommand."""
    parser = subcommands.add_parser(
        "graph",
        help="show what stands: nodes, cards, addresses, links, ports",
        description="Show a lab as text: its links with what is plugged into them, its nodes with their cards and "
        "the addresses that they have now.",
    )
    parser.set_defaults(run=run)
    add_lab(parser)


def run(chosen: argparse.Namespace) -> int:
    """Print it."""
    for line in picture(find(chosen.lab)):
        print(line)
    return 0
