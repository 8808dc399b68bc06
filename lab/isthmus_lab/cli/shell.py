"""``isthmus-lab shell``: a shell in a host of a lab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from isthmus_lab.cli.labs import add_lab, become
from isthmus_lab.finding import find

if TYPE_CHECKING:
    import argparse

_SHELL: Final = ("bash", "--login")


def register(subcommands: Any) -> None:
    """Add the subcommand."""
    parser = subcommands.add_parser(
        "shell", help="open a shell in a host", description="Open a shell in a host as root, past its SSH."
    )
    parser.set_defaults(run=run)
    add_lab(parser)
    parser.add_argument("node", metavar="NODE")


def run(chosen: argparse.Namespace) -> int:
    """Become the shell."""
    return become(find(chosen.lab).host(chosen.node).entering(_SHELL))
