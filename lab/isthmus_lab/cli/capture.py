"""``isthmus-lab capture``: what passes over a link."""

from __future__ import annotations

import argparse
from typing import Any

from isthmus_lab.cli.labs import add_lab, become
from isthmus_lab.finding import find


def register(subcommands: Any) -> None:
    """Add the subcommand."""
    parser = subcommands.add_parser(
        "capture",
        help="show or record what passes over a link",
        description="Run tcpdump on a link until Ctrl-C, with whatever words follow: -w FILE records, -c 5 ends "
        "after five packets, a filter such as icmp6 leaves out the rest.",
        usage="isthmus-lab capture [-h] [--lab NAME] LINK [TCPDUMP-WORD ...]",
    )
    parser.set_defaults(run=run)
    add_lab(parser)
    parser.add_argument("link", metavar="LINK")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="TCPDUMP-WORD")


def run(chosen: argparse.Namespace) -> int:
    """Become tcpdump."""
    words = chosen.words[1:] if chosen.words[:1] == ["--"] else chosen.words
    return become(find(chosen.lab).capturing(chosen.link, words))
