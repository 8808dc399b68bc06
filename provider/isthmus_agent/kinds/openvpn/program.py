"""The program openvpn itself: its version, and whether it takes a configuration."""

from __future__ import annotations

import re
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.kinds.openvpn.config import property_of
from isthmus_agent.kinds.openvpn.lexing import tokens
from isthmus_agent.kinds.openvpn.running import telling
from isthmus_agent.programs import attempt

Version = tuple[int, int]
NO_STATIC: Version = (2, 8)
"""The first version without static keys."""
_VERSION = re.compile(r"OpenVPN (\d+)\.(\d+)")
_NOWHERE = "/proc/isthmus/none"
"""A file that cannot be written: openvpn stops at it after everything else of the options was found right."""
_FAULT = re.compile(r"Options error: (.*)")
_PLACE = re.compile(r"in stdin:(\d+): \S+( \([\d.]+\w*\))?")
_OPTION = re.compile(r"--([a-z0-9-]+)")


def version() -> Version:
    """Return the version of openvpn on this host; Refused names the package where it is missing."""
    done = attempt("openvpn", "--version")
    found = _VERSION.search(done.stdout)
    if found is None:
        raise Refused("openvpn does not tell its version: look at what `openvpn --version` prints")
    return int(found[1]), int(found[2])


def refuse_static(found: Version) -> None:
    """Say that a version has no static keys any more."""
    if found >= NO_STATIC:
        name = f"OpenVPN {found[0]}.{found[1]}"
        raise Refused(f"{name} on this host has no static keys any more: use cert, key and peer_fingerprint", "secret")


def examine(role: str, content: str, folder: Path) -> None:
    """Let openvpn read a configuration without running it; Refused tells its first complaint, with the line."""
    there = folder if folder.is_dir() else Path("/")
    done = attempt("openvpn", "--cd", str(there), "--config", "stdin", "--writepid", _NOWHERE, text=content)
    for complaint in _FAULT.findall(done.stdout):
        if _NOWHERE not in complaint and "Please correct" not in complaint:
            raise Refused(*_explained(role, complaint, content))
    if _NOWHERE not in done.stdout:
        raise Refused(f"openvpn does not read it: {telling(done.stdout + done.stderr)}")


def _explained(role: str, complaint: str, content: str) -> tuple[str, str]:
    """Return a complaint with the line that it is about, and the property that says it."""
    place, lines = _PLACE.search(complaint), content.splitlines()
    if place is None:
        option = _OPTION.search(complaint)
        return f"openvpn: {complaint}", property_of(role, option[1]) if option else ""
    line = lines[int(place[1]) - 1] if int(place[1]) <= len(lines) else ""
    directive = (tokens(line) or [""])[0]
    return f"openvpn: {complaint.replace(place[0], '').strip()}: {line}", property_of(role, directive) or "extra"
