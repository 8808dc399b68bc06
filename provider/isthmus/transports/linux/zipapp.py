"""The agent as one file: `isthmus_agent` and pyroute2, for `python3 -I`."""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

_PACKAGES: Final = ("isthmus_agent", "pyroute2")
_REPLACED: Final = "pyroute2/__init__.py"
_UNUSED: Final = ("pyroute2/ndb/", "pyroute2/ipdb/", "pyroute2/dhcp/", "pyroute2/ethtool/", "pyroute2/nftables/")
_MAIN: Final = """import sys
if sys.version_info < (3, 9):
    sys.exit("the agent needs Python 3.9, this is %d.%d" % sys.version_info[:2])
from isthmus_agent.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
_PYROUTE2: Final = """from pyroute2 import netns
from pyroute2.iproute.linux import IPRoute
from pyroute2.netlink.generic.wireguard import WireGuard

__all__ = ["IPRoute", "WireGuard", "netns"]
"""
"""What the agent takes from pyroute2 by its bare name: all else that it would load takes longer than all the rest."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every member, so that equal sources give equal bytes."""


class Zipapp(NamedTuple):
    """The agent's bytes, and their SHA-256 in hexadecimal digits."""

    content: bytes
    digest: str


@cache
def zipapp() -> Zipapp:
    """Build the agent from what is installed here; once a process."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py", _EPOCH), _MAIN)
        archive.writestr(zipfile.ZipInfo(_REPLACED, _EPOCH), _PYROUTE2)
        for package in _PACKAGES:
            _add(archive, package)
    return Zipapp(buffer.getvalue(), hashlib.sha256(buffer.getvalue()).hexdigest())


def _add(archive: zipfile.ZipFile, package: str) -> None:
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None  # noqa: S101, PT018 - both are dependencies of this package
    folder = Path(spec.origin).parent
    for path in sorted(folder.rglob("*.py")):
        name = str(path.relative_to(folder.parent))
        if name == _REPLACED or name.startswith(_UNUSED):
            continue
        archive.writestr(zipfile.ZipInfo(name, _EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED)
