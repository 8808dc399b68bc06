"""What the agent remembers on the host: whose each object is, how it was declared, what was there before.

One file, replaced as a whole and flushed to the disk before the kernel is touched: a killed change is found again.
It holds what a boot needs, secrets among it, and only root can read it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from isthmus_agent.errors import Refused

Props = dict[str, Any]
"""An object's properties, with Linux's own words, as JSON values."""


@dataclass(frozen=True)
class Entry:
    """One object that is ours.

    number: the order in which objects were made, and are made again. former: what an adopted object was before.
    """

    mark: str
    kind: str
    props: Props
    former: Props | None = None
    number: int = 0


class Record:
    """All objects that are ours, by mark."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "record.json"
        self._entries = {entry.mark: entry for entry in _read(self.path)}
        self._last = max((entry.number for entry in self._entries.values()), default=0)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, mark: str) -> Entry | None:
        """Return the entry of a mark."""
        return self._entries.get(mark)

    def entries(self) -> list[Entry]:
        """Return all entries, first made first."""
        return sorted(self._entries.values(), key=lambda entry: entry.number)

    def note(self, mark: str, kind: str, props: Props, former: Props | None) -> None:
        """Remember an object; `save` makes it lasting."""
        known = self._entries.get(mark)
        self._last += 0 if known else 1
        number = known.number if known else self._last
        self._entries[mark] = Entry(mark, kind, props, former, number)

    def restore(self, mark: str, entry: Entry | None) -> None:
        """Put an entry back as it was; None: there was none."""
        if entry is None:
            self._entries.pop(mark, None)
        else:
            self._entries[mark] = entry

    def save(self) -> None:
        """Write the record in one step that leaves no half-written file; Refused where the disk does not take it."""
        content = json.dumps([vars(entry) for entry in self.entries()], separators=(",", ":"))
        try:
            write_lasting(self.path, content)
        except OSError as error:
            raise Refused(
                f"the agent's record {self.path} cannot be written: {error.strerror}; nothing was changed"
            ) from None


def write_lasting(path: Path, content: str, mode: int = 0o600) -> None:
    """Replace a file so that after a power cut either the old or the new content is there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(path.name + ".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "w") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _read(path: Path) -> list[Entry]:
    try:
        return [Entry(**entry) for entry in json.loads(path.read_text())]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise Refused(f"the agent's record {path} cannot be read ({error}); move it away to begin anew") from None
