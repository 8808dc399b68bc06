"""The files of ifupdown (interfaces(5)), read line by line so that a file is written back as it was but for a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

MAIN = Path("/etc/network/interfaces")
_NAMES = ("auto", "no-auto-down", "no-scripts")
_SOURCED = re.compile(r"[A-Za-z0-9_-]+")
"""Names of files that `source-directory` takes (run-parts(8))."""


@dataclass(frozen=True)
class Line:
    """A line with those that continue it.

    sort: `names` for links by name (auto, allow-...), `iface` for the head of a stanza, `mapping`, `source`, or
    `option` for what stands in a stanza. stanza: the name in its head.
    """

    path: Path
    number: int
    text: str
    sort: str
    stanza: str = ""

    @property
    def words(self) -> list[str]:
        """The words, without what continues lines."""
        return self.text.replace("\\\n", " ").split()

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        return f"{self.path}:{self.number}"

    def names(self, dev: str) -> bool:
        """Tell whether it names a link, a label of it counting as itself: `eth0:1`."""
        first = self.words[1 : 2 if self.sort == "iface" else None]
        return any(word.partition(":")[0] == dev for word in first)

    def covers(self, dev: str) -> bool:
        """Tell whether it means a link by a pattern, such as `/eth*`."""
        return any(fnmatchcase(dev, word.lstrip("/")) for word in self.words[1:] if set("/*?[") & set(word))


def lines(path: Path = MAIN) -> Iterator[Line]:
    """Return the lines of a file and of those that it names, none where there is no such file."""
    for line in _read(path):
        yield line
        if line.sort == "source":
            for other in _sourced(line):
                yield from lines(other)


def _read(path: Path) -> Iterator[Line]:
    try:
        physical = path.read_text().splitlines(keepends=True)
    except OSError:
        return
    stanza, number = "", 1
    while physical:
        taken = 1
        while physical[taken - 1].endswith("\\\n") and taken < len(physical):
            taken += 1
        text = "".join(physical[:taken])
        sort, stanza = _sort(text, stanza)
        yield Line(path, number, text, sort, stanza)
        del physical[:taken]
        number += taken


def _sort(text: str, stanza: str) -> tuple[str, str]:
    words = text.replace("\\\n", " ").split()
    if not words or words[0].startswith("#"):
        return "blank", stanza
    first = words[0]
    if first in ("iface", "mapping"):
        return first, words[1] if len(words) > 1 else ""
    if first in _NAMES or first.startswith("allow-"):
        return "names", ""
    if first.startswith("source"):
        return "source", ""
    return ("rename", "") if first == "rename" else ("option", stanza)


def _sourced(line: Line) -> Iterator[Path]:
    for word in line.words[1:]:
        pattern = word if word.startswith("/") else str(line.path.parent / word)
        if line.words[0] == "source-directory":
            found = (path for path in Path(pattern).glob("*") if _SOURCED.fullmatch(path.name))
        else:
            found = Path("/").glob(pattern.lstrip("/"))
        yield from sorted(path for path in found if path.is_file())
