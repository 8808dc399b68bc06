"""The topologies that come with the lab."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from isthmus_lab.errors import LabError

_FOLDER: Final = Path(__file__).parent.parent / "topologies"


def names() -> list[str]:
    """Name them."""
    return sorted(file.stem for file in _FOLDER.glob("*.yaml"))


def shipped(name: str) -> Path:
    """Give the file of one of them."""
    if name not in names():
        raise LabError(f"no topology {name} comes with the lab; there are {', '.join(names())}")
    return _FOLDER / f"{name}.yaml"


def file_or_shipped(text: str) -> Path:
    """Take a file, or else a name of one that comes with the lab."""
    return shipped(text) if text in names() and not Path(text).exists() else Path(text)
