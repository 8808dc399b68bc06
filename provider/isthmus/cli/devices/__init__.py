"""`isthmus devices`: what concerns the devices themselves, before any resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.cli.devices import check, trust
from isthmus.devices import DEVICES_FILE, LOCK_FILE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def register(commands: Any) -> None:
    """Add the group and its commands to the parser."""
    group = commands.add_parser("devices", help="look at the devices and record what they are")
    verbs = group.add_subparsers(required=True, metavar="COMMAND")
    _add(verbs, "check", "log in to each device and show what it is, or why that fails", check.run)
    verb = _add(
        verbs, "trust", f"record what each device is, and its certificate or host key, in {LOCK_FILE}", trust.run
    )
    verb.add_argument("--yes", action="store_true", help="ask nothing")


def _add(verbs: Any, name: str, help: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
    verb.add_argument("names", nargs="*", metavar="NAME", help="a device; all without a name")
    verb.add_argument("--devices", default=DEVICES_FILE, metavar="FILE", help="the devices file (%(default)s)")
    verb.add_argument("--stack", metavar="NAME", help="the Pulumi stack of credentials that are {config: KEY}")
    verb.set_defaults(run=run)
    return verb
