"""The documentation as tests read it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(path: Path, language: str) -> list[str]:
    """Return the code blocks of one language in a Markdown file."""
    return [text for found, text in _BLOCK.findall(path.read_text("utf-8")) if found == language]


def titled(path: Path) -> list[tuple[Path, str]]:
    """Return the Python files that a document shows, each with the path in its first line."""
    return [(Path(text.splitlines()[0].removeprefix("# ")), text) for text in blocks(path, "python")]
