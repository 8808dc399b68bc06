"""Which release of RouterOS a version's text names."""

from __future__ import annotations

import re

_RELEASE = re.compile(r"(\d+)\.(\d+)")


def release(version: str) -> tuple[int, int]:
    """Return the first two numbers of a version such as `7.16.2 (stable)`; ValueError if there are none."""
    found = _RELEASE.match(version.strip())
    if found is None:
        raise ValueError(f"{version!r} is no version of RouterOS")
    return int(found[1]), int(found[2])
