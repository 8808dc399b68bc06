"""The newest of Debian's kernels is booted, if its modules are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from isthmus_lab.errors import LabError
from isthmus_lab.vm import kernel


def _installed(folder: Path, *releases: str, modules: bool = True) -> tuple[Path, Path]:
    boot, lib = folder / "boot", folder / "modules"
    boot.mkdir(exist_ok=True)
    for release in releases:
        (boot / f"vmlinuz-{release}").touch()
        (lib / release).mkdir(parents=True) if modules else lib.mkdir(exist_ok=True)
    return boot, lib


def test_numbers_are_compared_as_numbers(tmp_path: Path) -> None:
    boot, modules = _installed(tmp_path, "6.1.0-9-amd64", "6.1.0-50-amd64", "6.1.0-49-cloud-amd64")
    assert kernel.release(kernel.newest(boot, modules)) == "6.1.0-50-amd64"


def test_one_without_its_modules_is_not_taken(tmp_path: Path) -> None:
    _installed(tmp_path, "6.1.0-9-amd64")
    boot, modules = _installed(tmp_path, "6.1.0-50-amd64", modules=False)
    assert kernel.release(kernel.newest(boot, modules)) == "6.1.0-9-amd64"


def test_the_package_is_named_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"apt-get install linux-image-amd64$"):
        kernel.newest(tmp_path, tmp_path)
