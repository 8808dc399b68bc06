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
    "nft": "nftables",
    "ip": "iproute2",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "sshd": "openssh-server",
    "setsid": "util-linux",
    "unshare": "util-linux",
}
"""Program, and package of Debian 12."""

_SYSTEM: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def search_path() -> str:
    """Return where programs are looked for, here and inside: beside Python first, and else where the system's are."""
    return f"{Path(sys.executable).parent}{os.pathsep}{_SYSTEM}"


def folders() -> list[Path]:
    """Return the folders with Python, this package and what they need, outside of /usr and none below another."""
    package = Path(__file__).parent.parent.parent
    wanted = sorted({Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), package.resolve()})
    known = [Path("/usr"), Path("/root")]
    for folder in wanted:
        if not any(folder.is_relative_to(above) for above in known):
            known.append(folder)
    return known[2:]


def missing(path: str) -> list[str]:
    """Return the Debian packages whose programs are not found on ``path``."""
    return sorted({package for program, package in PACKAGES.items() if shutil.which(program, path=path) is None})


def require(path: str) -> None:
    """Raise :class:`LabError` with what to type where a program is missing."""
    if packages := missing(path):
        raise LabError(f"the virtual machine needs Debian packages: apt-get install {' '.join(packages)}")
    if shutil.which("vng", path=path) is None:
        raise LabError(
            "the virtual machine needs virtme-ng: pip install 'virtme-ng>=1.42,<1.43', where isthmus-lab is installed"
        )
