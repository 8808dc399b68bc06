"""What real routers recorded of their menus; see the README of the recorded schemas."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
VERSIONS = ("7.12.2", "7.16.2", "7.20.8", "7.22.3", "7.24")
COMPLETED = "7.22.3"
"""The version whose recording holds the words that the console offers for a value."""

_ALTERNATIVES = re.compile(r"([^\s\[]+(?:\|[^\s\[]+)+)\[,\w+\*\]")
_EXTRACT = re.compile(r"- (?P<menu>[a-z -]+): (?:set|add)?(?P<words>.*)")
_WORD = re.compile(r"(?<=\s)([a-z-]+)=(\S*)")
_EXTRACTED_MENUS = {
    "bgp instance": "/routing/bgp/instance",
    "bridge port": "/interface/bridge/port",
    "ip route": "/ip/route",
    "ipsec mode-config": "/ip/ipsec/mode-config",
    "ipsec policy": "/ip/ipsec/policy",
    "ipsec profile": "/ip/ipsec/profile",
    "ipsec proposal": "/ip/ipsec/proposal",
    "ovpn-server server": "/interface/ovpn-server/server",
}


@cache
def folder() -> Path:
    """Find the recordings; without them a test is skipped, but fails where ``CI`` is ``true``."""
    found = Path(os.environ.get("ISTHMUS_ROUTEROS_SCHEMAS", REPOSITORY / "../shared/routeros-schemas"))
    if not found.is_dir():
        message = f"no recorded schemas at {found}: set ISTHMUS_ROUTEROS_SCHEMAS to their folder"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@cache
def document(name: str) -> Any:
    """Read one of the recorded JSON files."""
    return json.loads((folder() / name).read_text("utf-8"))


def menu(version: str, path: str) -> dict[str, Any] | None:
    """Return what a version recorded of a menu, ``None`` where it has none."""
    node = document(f"deep-inspect-{version}.json" if version == COMPLETED else f"inspect-{version}.json")
    for word in path.strip("/").split("/"):
        node = node.get(word) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else None


def commands(version: str, path: str) -> set[str]:
    """Return the names of a menu's commands."""
    found = menu(version, path) or {}
    return {name for name, node in found.items() if isinstance(node, dict) and node.get("_type") == "cmd"}


def arguments(version: str, path: str, command: str) -> dict[str, dict[str, Any]]:
    """Return the arguments of one command, by name."""
    found = (menu(version, path) or {}).get(command) or {}
    return {name: node for name, node in found.items() if isinstance(node, dict) and node.get("_type") == "arg"}


def argument(version: str, path: str, name: str) -> dict[str, Any]:
    """Return what a version recorded of one argument of ``add`` or ``set``; nothing where neither has it."""
    for command in ("add", "set"):
        if name in arguments(version, path, command):
            return arguments(version, path, command)[name]
    return {}


def completions(node: dict[str, Any]) -> set[str]:
    """Return the words that the console offers for an argument."""
    return set(node.get("_completion") or {})


def alternatives(node: dict[str, Any]) -> set[str]:
    """Return the words of an argument that takes several of a list, where the recording describes it so."""
    found = _ALTERNATIVES.match(node.get("desc") or "")
    return set(found[1].split("|")) if found else set()


def unsettable(path: str) -> set[str]:
    """Return what the console offers to unset."""
    return completions(arguments(COMPLETED, path, "unset").get("value-name", {}))


def exported() -> dict[str, list[dict[str, Any]]]:
    """Return the lines of a verbose export of RouterOS 6.43, by menu path."""
    menus = document("v6.43-verbose-export.json")["menus"]
    return {"/" + path.strip("/").replace(" ", "/"): lines for path, lines in menus.items()}


def extracted() -> list[tuple[str, dict[str, str]]]:
    """Return lines of verbose exports of RouterOS 6.49.7, copied by hand: menu path and words."""
    text = (folder() / "v6.49.7-and-v7-verbose-extract.md").read_text("utf-8")
    lines = (_EXTRACT.match(line) for line in text.splitlines())
    return [
        (_EXTRACTED_MENUS[line["menu"]], dict(_WORD.findall(line["words"])))
        for line in lines
        if line and line["menu"] in _EXTRACTED_MENUS
    ]
