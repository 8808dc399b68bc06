"""What the subcommands for labs have in common."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from isthmus_lab.errors import LabError
from isthmus_lab.linux import programs

if TYPE_CHECKING:
    import argparse


def add_lab(parser: argparse.ArgumentParser) -> None:
    """Add the option that says which lab is meant."""
    parser.add_argument("--lab", metavar="NAME", help="which lab (default: the only one that is up)")


def become(words: list[str]) -> int:
    """Let another program take the place of this one: its exit status becomes ours, and so does its terminal."""
    try:
        os.execvpe(words[0], words, programs.environment())  # noqa: S606 - a list, no shell
    except OSError as error:
        raise LabError(f"cannot run {words[0]}: {error.strerror}") from error
