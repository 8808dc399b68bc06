"""Files of systemd's syntax (systemd.syntax(7)), section by section and line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """A line of a section; `name` is '' for the section's head, an empty line or a comment."""

    path: Path
    number: int
    text: str
    section: str
    name: str
    value: str

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        return f"{self.path}:{self.number}"


def settings(paths: Sequence[Path]) -> Iterator[Setting]:
    """Return the lines of files, one after another as systemd reads a file and what is dropped in."""
    for path in paths:
        section, continued = "", ""
        for number, text in enumerate(path.read_text().splitlines(), 1):
            bare = text.strip()
            if bare.startswith("[") and not continued:
                section, name, value = bare.strip("[]"), "", ""
            elif continued:
                name, value = continued, bare
            else:
                name, value = _split(bare)
            continued = name if name and bare.endswith("\\") else ""
            yield Setting(path, number, text, section, name, value)


def _split(line: str) -> tuple[str, str]:
    if not line or line[0] in "#;":
        return "", ""
    name, _, value = line.partition("=")
    return name.strip(), value.strip()
