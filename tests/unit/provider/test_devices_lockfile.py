"""The lock file keeps what each device was when it was trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.devices import LockEntry, lock_entry, read_lock, write_lock
from isthmus.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

SEATTLE = LockEntry(serial="HC1234567", version="7.20", certificate="sha256/abc=")
BOISE = LockEntry(serial="0123", version="6.49.7")


def test_entries_come_back_as_they_were_written(tmp_path: Path) -> None:
    write_lock(tmp_path, {"seattle": SEATTLE, "boise": BOISE})
    assert read_lock(tmp_path) == {"seattle": SEATTLE, "boise": BOISE}
    assert lock_entry("boise", tmp_path) == BOISE
    assert lock_entry("spokane", tmp_path) is None


def test_the_same_entries_give_the_same_bytes_and_leave_no_draft(tmp_path: Path) -> None:
    path = write_lock(tmp_path, {"seattle": SEATTLE, "boise": BOISE})
    before = path.read_bytes()
    write_lock(tmp_path, {"boise": BOISE, "seattle": SEATTLE})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_without_a_file_nothing_is_locked(tmp_path: Path) -> None:
    assert read_lock(tmp_path) == {}


def test_a_version_that_yaml_takes_for_a_number_is_refused(tmp_path: Path) -> None:
    (tmp_path / "isthmus.lock.yaml").write_text("seattle:\n  serial: HC1234567\n  version: 7.20\n")
    with pytest.raises(ConfigurationError, match=r"lock\.yaml:1: seattle: needs serial and version"):
        read_lock(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"absent/isthmus\.lock\.yaml: cannot be written: No such file"):
        write_lock(tmp_path / "absent", {"seattle": SEATTLE})
