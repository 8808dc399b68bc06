"""The known hosts of OpenSSH: which host keys a file vouches for (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from isthmus.devices.linux import SSH_PORT

_FIELDS = 3


class KnownKey(NamedTuple):
    """One line about a host: ``marker`` is '', ``@revoked`` or ``@cert-authority``."""

    marker: str
    type: str
    fingerprint: str
    place: str


def keys_of(host: str, port: int, files: Sequence[Path]) -> list[KnownKey]:
    """Return what files say of a host, under its name with the port first, else, as OpenSSH does, without it."""
    names = list(dict.fromkeys([host.lower() if port == SSH_PORT else f"[{host.lower()}]:{port}", host.lower()]))
    lines = [line for file in files for line in _lines(file)]
    revoked = [key for patterns, key in lines if key.marker == "@revoked" and any(_matches(n, patterns) for n in names)]
    for name in names:
        if found := [key for patterns, key in lines if key.marker != "@revoked" and _matches(name, patterns)]:
            return found + revoked
    return revoked


def fingerprint(blob: bytes) -> str:
    """Return what ``ssh-keygen -l`` prints of a public key."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _lines(file: Path) -> Iterator[tuple[str, KnownKey]]:
    try:
        text = file.read_text("utf-8", errors="replace")
    except OSError:
        return
    for number, line in enumerate(text.splitlines(), 1):
        marker, rest = ("", line.strip()) if not line.strip().startswith("@") else _split(line.strip())
        fields = rest.split()
        if len(fields) >= _FIELDS and not rest.startswith("#"):
            try:
                blob = base64.b64decode(fields[2], validate=True)
            except (binascii.Error, ValueError):
                continue
            yield fields[0], KnownKey(marker, fields[1], fingerprint(blob), f"{file} line {number}")


def _split(line: str) -> tuple[str, str]:
    marker, _, rest = line.partition(" ")
    return marker, rest.strip()


def _matches(name: str, patterns: str) -> bool:
    if patterns.startswith("|1|"):
        return _is_hashed(name, patterns)
    each = [pattern.lower() for pattern in patterns.split(",")]
    if any(_like(name, pattern[1:]) for pattern in each if pattern.startswith("!")):
        return False
    return any(_like(name, pattern) for pattern in each if not pattern.startswith("!"))


def _like(name: str, pattern: str) -> bool:
    """Tell whether a name is as a pattern says, in which only `*` and `?` mean more than themselves."""
    return fnmatchcase(name, pattern.replace("[", "[[]"))


def _is_hashed(name: str, hashed: str) -> bool:
    try:
        salt, digest = (base64.b64decode(part, validate=True) for part in hashed.split("|")[2:4])
    except (binascii.Error, ValueError):
        return False
    return hmac.compare_digest(hmac.new(salt, name.encode(), "sha1").digest(), digest)
