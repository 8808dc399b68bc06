"""``isthmus-lab control``: ask a running router what its API does not offer."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isthmus_lab.control import Control
from isthmus_lab.errors import LabError
from isthmus_lab.routeros.command import Result, Trap
from isthmus_lab.routeros.faults import Where

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    Perform = Callable[[Control, argparse.Namespace], object]


def register(subcommands: Any) -> None:
    """Add the subcommand, and one below it for each operation."""
    parser = subcommands.add_parser(
        "control",
        help="export, count, inject faults: what a router's API does not offer",
        description="Ask a router that 'isthmus-lab router' runs. Nothing of this is counted, delayed or cut.",
    )
    parser.add_argument("--name", required=True, help="the router's name")
    operations = parser.add_subparsers(required=True, metavar="OPERATION")
    _register_questions(operations)
    _register_faults(operations)
    _register_the_rest(operations)


def _register_questions(operations: Any) -> None:
    _add(operations, "info", "say what it is and where it listens", lambda c, _: json.dumps(c.info(), indent=2))
    _add(operations, "export", "give the whole configuration as text", lambda c, _: c.export().removesuffix("\n"))
    _add(operations, "counters", "read what clients cost", lambda c, _: json.dumps(c.counters(), indent=2))
    _add(operations, "reset-counters", "count from zero again", lambda c, _: c.reset_counters())


def _register_faults(operations: Any) -> None:
    cut = _add(operations, "cut", "cut a connection at a sentence to come", lambda c, a: c.cut(a.where, a.nth, a.path))
    cut.add_argument("where", choices=[where.value for where in Where], help="at which moment of the sentence")
    cut.add_argument("--nth", type=int, default=1, help="count to this sentence from now on (default: %(default)s)")
    cut.add_argument("--path", default="", metavar="SUFFIX", help="count only paths that end so, such as /add")
    delay = _add(operations, "delay", "let every reply come later", lambda c, a: c.delay(a.milliseconds))
    delay.add_argument("milliseconds", type=float, metavar="MS")
    _add(operations, "drop", "close every connection at once", lambda c, _: c.drop())
    _add(operations, "refuse", "close each new connection", lambda c, _: c.refuse())
    _add(operations, "heal", "take back every fault", lambda c, _: c.heal())


def _register_the_rest(operations: Any) -> None:
    execute = _add(operations, "execute", "run a command as at the console", _execute)
    execute.add_argument("path", help="such as /ip/address/add")
    execute.add_argument("words", nargs="*", metavar="WORD", help="name=value, or ?query")
    advance = _add(operations, "advance", "let time pass on its clock", lambda c, a: c.advance(a.seconds))
    advance.add_argument("seconds", type=float)
    save = _add(operations, "save", "write its state to a file", lambda c, a: c.save(a.file))
    save.add_argument("file", type=Path)
    _add(operations, "shutdown", "end it, its state saved", lambda c, _: c.shut_down())


def _add(operations: Any, name: str, help: str, perform: Perform) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = operations.add_parser(name, help=help, description=help)
    parser.set_defaults(run=partial(_run, perform))
    return parser


def _run(perform: Perform, chosen: argparse.Namespace) -> int:
    """Perform an operation, and print what it tells."""
    try:
        told = perform(Control.of(chosen.name), chosen)
    except Trap as trap:
        raise LabError(f"{chosen.name} refuses: {trap.message}") from trap
    if told:
        print(told)
    return 0


def _execute(control: Control, chosen: argparse.Namespace) -> str:
    attributes = dict(_attribute(word) for word in chosen.words if not word.startswith("?"))
    queries = [word[1:] for word in chosen.words if word.startswith("?")]
    return "\n".join(_lines(control.execute(chosen.path, attributes, queries)))


def _attribute(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    return name, value


def _lines(result: Result) -> Sequence[str]:
    """Show a row a line, and what an add returns."""
    rows = [" ".join(f"{name}={value}" for name, value in row.items()) for row in result.rows]
    return rows if result.ret is None else [*rows, result.ret]
