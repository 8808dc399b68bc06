"""Which of Debian's kernels the virtual machine boots."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from isthmus_lab.errors import LabError

BOOT: Final = Path("/boot")
MODULES: Final = Path("/lib/modules")


def newest(boot: Path = BOOT, modules: Path = MODULES) -> Path:
    """Return the newest of Debian's kernels whose modules are there too, else raise :class:`LabError`."""
    kernels = [kernel for kernel in boot.glob("vmlinuz-*-amd64") if (modules / release(kernel)).is_dir()]
    if not kernels:
        raise LabError(f"no Debian kernel with its modules in {boot}: apt-get install linux-image-amd64")
    return max(kernels, key=_order)


def release(kernel: Path) -> str:
    """Return what ``uname -r`` says in a machine that runs this kernel."""
    return kernel.name.removeprefix("vmlinuz-")


def _order(kernel: Path) -> list[int]:
    """Sort 6.1.0-9 before 6.1.0-50."""
    return [int(number) for number in re.findall(r"\d+", release(kernel))]
