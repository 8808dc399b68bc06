"""The lock file: what each device was when it was trusted, committed beside the devices file."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from isthmus.devices.stamp import Stamp, stamp
from isthmus.devices.yamlfile import read_entries
from isthmus.errors import ConfigurationError

LOCK_FILE: Final = "isthmus.lock.yaml"
_HEADER: Final = "# Written by `isthmus devices trust`. Commit it.\n"


class LockEntry(BaseModel):
    """One device as it was found.

    ``serial`` is a RouterBOARD's serial number, elsewhere the licence's software-id or, on a CHR, its system-id; of a
    Linux host it is the machine id, and ``version`` its kernel's release. ``certificate`` is the SHA-256 pin of the
    certificate it showed, absent without TLS; ``host_key`` the fingerprint of its SSH host key as ``ssh-keygen -l``
    prints it, ``jump_host_key`` that of the machine before it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    serial: StrictStr
    version: StrictStr
    certificate: StrictStr | None = None
    host_key: StrictStr | None = None
    jump_host_key: StrictStr | None = None


def read_lock(folder: Path) -> dict[str, LockEntry]:
    """Read the lock file of a folder; without one there are no entries. Raises ConfigurationError naming the line."""
    path = folder / LOCK_FILE
    found = stamp(path)
    return dict(_read(path, found)) if found else {}


def lock_entry(name: str, folder: Path | None = None) -> LockEntry | None:
    """Return what is recorded of a device, by default in the lock file where the process runs."""
    return read_lock(folder or Path()).get(name)


def write_lock(folder: Path, entries: Mapping[str, LockEntry]) -> Path:
    """Replace the lock file of a folder, sorted by name, in one step that leaves no half-written file."""
    path = folder / LOCK_FILE
    draft = path.with_suffix(".tmp")
    plain = {name: entry.model_dump(exclude_none=True) for name, entry in entries.items()}
    try:
        draft.write_text(_HEADER + yaml.safe_dump(plain, sort_keys=True), "utf-8")
        draft.replace(path)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be written: {error.strerror}") from None
    return path


@lru_cache(maxsize=8)
def _read(path: Path, _stamp: Stamp) -> Mapping[str, LockEntry]:
    return {name: _parse(path, name, line, value) for name, (line, value) in read_entries(path).items()}


def _parse(path: Path, name: str, line: int, value: object) -> LockEntry:
    try:
        return LockEntry.model_validate(value)
    except ValidationError:
        remedy = f"write it anew with: isthmus devices trust {name}"
        raise ConfigurationError(f"{path}:{line}: {name}: needs serial and version as quoted text: {remedy}") from None
