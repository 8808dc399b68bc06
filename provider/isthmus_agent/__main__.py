"""What the agent does when it is run.

::

    python3 -I agent.pyz serve [--netns NAME]               answer calls on standard input and output
    python3 -I agent.pyz restore [--netns NAME] [--late]    make recorded objects again, at boot
    python3 -I agent.pyz undo [--netns NAME] GUARD          take a change back that nobody confirmed
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from pyroute2 import netns

from isthmus_agent import guard
from isthmus_agent.host import HOME, Host
from isthmus_agent.installed import tidy
from isthmus_agent.locking import alone
from isthmus_agent.restore import restore
from isthmus_agent.serve import serve


def main(arguments: list[str]) -> int:
    """Run a verb."""
    chosen = _parser().parse_args(arguments)
    if chosen.netns and not enter(chosen.netns):
        return 1
    host = Host(chosen.netns, Path(os.environ.get("ISTHMUS_AGENT_HOME", HOME)))
    return int(chosen.run(host, chosen) or 0)


def enter(name: str) -> bool:
    """Go into a network namespace; say so where there is none."""
    try:
        netns.setns(name, flags=0)
    except OSError as error:
        print(f"network namespace {name}: {error.strerror}: declare it on the machine itself", file=sys.stderr)
        return False
    return True


def _serve(host: Host, _chosen: argparse.Namespace) -> None:
    serve(host, sys.stdin, sys.stdout)


def _restore(host: Host, chosen: argparse.Namespace) -> int:
    return restore(host, late=chosen.late)


def _undo(host: Host, chosen: argparse.Namespace) -> None:
    with alone(host) as record:
        guard.take_back(host, record, chosen.guard)
        tidy(host, record)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="agent.pyz")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    runs = {"serve": _serve, "restore": _restore, "undo": _undo}
    for name, run in runs.items():
        verb = verbs.add_parser(name)
        verb.add_argument("--netns", default="")
        verb.set_defaults(run=run)
    verbs.choices["restore"].add_argument("--late", action="store_true")
    verbs.choices["undo"].add_argument("guard")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
