"""Secrets for the command line, by reference: what stands in an argument is seen by every user of the machine."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def read(reference: str) -> str:
    """Read ``env:NAME`` or ``file:PATH`` (without the newline at its end); refuse anything else."""
    kind, _, place = reference.partition(":")
    if kind == "env":
        return _from_environment(place)
    if kind == "file":
        return _from_file(Path(place))
    raise argparse.ArgumentTypeError("write it as env:NAME or file:PATH, never the secret itself")


def _from_environment(name: str) -> str:
    if (value := os.environ.get(name)) is None:
        raise argparse.ArgumentTypeError(f"the environment has no variable {name}")
    return value


def _from_file(file: Path) -> str:
    try:
        return file.read_text().removesuffix("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise argparse.ArgumentTypeError(
            f"cannot read {file}: {getattr(error, 'strerror', 'it is no text')}"
        ) from error
