"""``isthmus-lab up``: bring up a lab of Linux hosts and emulated routers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus_lab.linux.lab import Lab
from isthmus_lab.linux.picture import summary
from isthmus_lab.topology.shipped import file_or_shipped
from isthmus_lab.topology.shipped import names as shipped_names
from isthmus_lab.vm.lab import VmLab

if TYPE_CHECKING:
    import argparse


def register(subcommands: Any) -> None:
    """Add the subcommand."""
    parser = subcommands.add_parser(
        "up",
        help="bring up the lab of a topology file",
        description="Bring up a lab in the background, and return when everything in it answers.",
    )
    parser.set_defaults(run=run)
    parser.add_argument("topology", metavar="TOPOLOGY", help=f"a file, or one of {', '.join(shipped_names())}")
    parser.add_argument("--name", help="another name than the topology's, for a second copy")
    parser.add_argument(
        "--vm", action="store_true", help="in a virtual machine with Debian's kernel and all its modules"
    )


def run(chosen: argparse.Namespace) -> int:
    """Bring it up, and say how its nodes are reached and where its files lie."""
    lab = (VmLab if chosen.vm else Lab).from_file(file_or_shipped(chosen.topology), name=chosen.name).up()
    for line in summary(lab):
        print(line)
    return 0
