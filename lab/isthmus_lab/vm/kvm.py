"""Whether hardware virtualisation really works: nested, it may be offered and hang."""

from __future__ import annotations

import subprocess
import tempfile
from typing import Final

# A boot sector that ends QEMU by its debug port: mov al, 0x10; out 0xf4, al; hlt
_SECTOR: Final = bytes([0xB0, 0x10, 0xE6, 0xF4, 0xF4]).ljust(510, b"\0") + b"\x55\xaa"
_STATUS: Final = 0x10 << 1 | 1
"""What QEMU ends with when a guest writes 0x10 to ``isa-debug-exit``."""


def boots(accelerator: str = "kvm", seconds: float = 5) -> bool:
    """Say whether a guest of five bytes boots and ends under the accelerator within so many seconds."""
    with tempfile.NamedTemporaryFile(suffix=".img") as image:
        image.write(_SECTOR)
        image.flush()
        try:
            done = subprocess.run(_command(accelerator, image.name), check=False, capture_output=True, timeout=seconds)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == _STATUS


def _command(accelerator: str, image: str) -> list[str]:
    return [
        *("qemu-system-x86_64", "-accel", accelerator, "-machine", "pc", "-m", "16", "-nodefaults", "-no-user-config"),
        *("-display", "none", "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"),
        *("-drive", f"file={image},format=raw,if=ide"),
    ]
