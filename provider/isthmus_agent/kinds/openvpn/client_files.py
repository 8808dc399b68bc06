"""What single clients get: a file each in the server's own folder for them (openvpn(8), --client-config-dir)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from isthmus_agent.kinds.file_access import explained
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.openvpn.lexing import directives, lines_of, written
from isthmus_agent.kinds.openvpn.words import FILE
from isthmus_agent.record import write_lasting

MODE = 0o755
"""openvpn may have become another user when it looks for a client's file; no secret is in it."""


def read(folder: Path) -> Props:
    """Return the clients of a server by their common names."""
    if not folder.is_dir():
        return {}
    return {path.name: parse(path.read_text(errors="replace")) for path in sorted(folder.iterdir()) if path.is_file()}


def write(folder: Path, clients: Mapping[str, Props]) -> list[str]:
    """Make the files of a server's clients as wanted; returns the clients whose files changed."""
    there = read(folder)
    changed = sorted(name for name in {*there, *clients} if there.get(name) != clients.get(name))
    with explained():
        folder.mkdir(mode=MODE, parents=True, exist_ok=True)
        folder.chmod(MODE)
        for name in changed:
            if name in clients:
                write_lasting(folder / name, render(clients[name]), 0o644)
            else:
                (folder / name).unlink()
    return changed


def remove(folder: Path) -> None:
    """Remove the files and their folder."""
    if folder.is_dir():
        write(folder, {})
        folder.rmdir()


def render(props: Mapping[str, Any]) -> str:
    """Return the file that says what a client gets."""
    said = [each for name, word in FILE.items() if props.get(name) for each in word.said(props[name])]
    return written([*said, *directives("\n".join(props.get("extra") or []))])


def parse(content: str) -> Props:
    """Return what a client's file says."""
    said = directives(content)
    found = {name: [each[1:] for each in said if each[0] == word.directive] for name, word in FILE.items()}
    known = {word.directive for word in FILE.values()}
    extra = [line for each in said if each[0] not in known for line in lines_of(each)]
    props = {name: FILE[name].reads(arguments) for name, arguments in found.items() if arguments}
    return {**props, **({"extra": extra} if extra else {})}
