"""The programs that the virtual machine needs on this machine, and the Debian package that brings each."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from isthmus_lab.errors import LabError

PACKAGES: Final = {
    "qemu-system-x86_64": "qemu-system-x86",
    "busybox": "busybox-static",
    "modprobe": "kmod",
    "ip": "iproute2",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "sshd": "openssh-server",
    "setsid": "util-linux",
    "unshare": "util-linux",
}
"""Program, and package of Debian 12."""

_ADMIN: Final = "/usr/local/sbin:/usr/sbin:/sbin"


def search_path() -> str:
    """Return where programs are looked for: beside Python first, and where administrators' programs are last."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath), _ADMIN])


def missing(path: str) -> list[str]:
    """Return the Debian packages whose programs are not found on ``path``."""
    return sorted({package for program, package in PACKAGES.items() if shutil.which(program, path=path) is None})


def require(path: str) -> None:
    """Raise :class:`LabError` with what to type where a program is missing."""
    if packages := missing(path):
        raise LabError(f"the virtual machine needs Debian packages: apt-get install {' '.join(packages)}")
    if shutil.which("vng", path=path) is None:
        raise LabError("the virtual machine needs virtme-ng: pip install virtme-ng, where isthmus-lab is installed")
