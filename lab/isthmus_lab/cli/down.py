"""``isthmus-lab down``: take a lab down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus_lab.finding import in_folder
from isthmus_lab.linux.folder import Folder, chosen

if TYPE_CHECKING:
    import argparse


def register(subcommands: Any) -> None:
    """Add the subcommand."""
    parser = subcommands.add_parser(
        "down",
        help="take a lab down",
        description="End everything of a lab, and remove what it left, also after a crash.",
    )
    parser.set_defaults(run=run)
    parser.add_argument("name", nargs="?", metavar="NAME", help="which lab (default: the only one that is up)")


def run(arguments: argparse.Namespace) -> int:
    """Take it down."""
    folder = Folder.of(arguments.name) if arguments.name else chosen(None)
    in_folder(folder).down()
    print(f"{folder.name} is down")
    return 0
