"""Names of lab routers, and the folder where each running one can be found by its name."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from pathlib import Path
from typing import Final

from isthmus_lab.errors import LabError

_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
_PRIVATE: Final = 0o700


def checked(name: str) -> str:
    """Return the name if a file and a certificate can bear it, else raise :class:`LabError`."""
    if not _NAME.fullmatch(name):
        raise LabError(f"{name!r} is no router name: use at most 63 letters, digits, dots, dashes and underscores")
    return name


def socket_of(name: str) -> Path:
    """Name the control socket of a router started by the command line."""
    return runtime_folder() / f"{checked(name)}.sock"


def runtime_folder() -> Path:
    """Return the user's own folder for control sockets, made if need be.

    It is ``$ISTHMUS_LAB_RUNTIME``, else ``isthmus-lab`` in ``$XDG_RUNTIME_DIR``, else one in the temporary folder.
    One that others could write to is refused with a :class:`LabError`.
    """
    folder = _runtime_folder()
    folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & ~_PRIVATE:
        raise LabError(f"{folder} must be a folder of yours with mode 0700: remove it, or set ISTHMUS_LAB_RUNTIME")
    return folder


def _runtime_folder() -> Path:
    if chosen := os.environ.get("ISTHMUS_LAB_RUNTIME"):
        return Path(chosen)
    if given := os.environ.get("XDG_RUNTIME_DIR"):
        return Path(given) / "isthmus-lab"
    return Path(tempfile.gettempdir()) / f"isthmus-lab-{os.getuid()}"
