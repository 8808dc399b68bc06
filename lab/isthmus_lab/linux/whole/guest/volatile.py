"""Files of a whole host that lie where each boot empties the folder: systemd-tmpfiles writes them again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDERS: Final = ("/run/", "/tmp/", "/var/run/")  # noqa: S108 - the host's own
_KEPT: Final = Path("usr/local/share/isthmus-lab")
_RULES: Final = Path("etc/tmpfiles.d/isthmus-lab.conf")


def keep(root: Path, files: Mapping[str, str]) -> None:
    """Keep what each boot writes again (tmpfiles.d(5): a copy)."""
    rules = []
    for path, text in files.items():
        if path.startswith(_FOLDERS):
            kept = root / _KEPT / path.lstrip("/")
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(text)
            rules.append(f'C "{_escaped(path)}" 0644 root root - /{_escaped(str(_KEPT))}{_escaped(path)}\n')
    if rules:
        (root / _RULES).write_text("".join(rules))


def _escaped(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
