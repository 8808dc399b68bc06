"""Folders: their owner, group and mode; what is in them is not theirs."""

from __future__ import annotations

import errno
import stat
from pathlib import Path
from typing import ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.file_access import access, explained, folder_of, settle_access, status
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.recorded import Recorded


class Folder(Recorded):
    """A folder, made in a folder that is there, and removed only when it is empty."""

    kind: ClassVar[str] = "folder"
    keys: ClassVar[tuple[str, ...]] = ("path",)
    lasting: ClassVar[bool] = True

    def find(self, host: Host, wanted: Props) -> Props | None:  # noqa: ARG002 - folders are the machine's
        """Return the folder."""
        found = status(Path(wanted["path"]))
        if found is None:
            return None
        if not stat.S_ISDIR(found.st_mode):
            raise Refused("it is no folder: name another place, or remove what is there", "path")
        return {"path": wanted["path"], **access(found, wanted)}

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - a folder shows no mark
        """Make the folder."""
        path = Path(wanted["path"])
        folder_of(path)
        given = {name: value for name, value in wanted.items() if value not in (None, "")}
        with explained():
            path.mkdir(mode=0o700)
            try:
                settle_access(path, {"owner": "root", "group": "root", "mode": "0755", **given})
            except (Refused, OSError):
                path.rmdir()
                raise

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:  # noqa: ARG002 - shows no mark
        """Change owner, group or mode."""
        with explained():
            settle_access(Path(actual["path"]), different)

    def remove(self, host: Host, actual: Props) -> None:  # noqa: ARG002 - folders are the machine's
        """Remove the folder; Refused names what is still in it."""
        path = Path(actual["path"])
        try:
            with explained():
                path.rmdir()
        except OSError as error:
            if error.errno != errno.ENOTEMPTY:
                raise
            first = min(entry.name for entry in path.iterdir())
            raise Refused(f"it still holds {first}, which is not ours: remove it first") from None
