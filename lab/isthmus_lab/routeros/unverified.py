"""What the tables say that no recording of a router confirms, for the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def notes() -> Mapping[str, list[str]]:
    """Return the notes by menu path; those that hold everywhere stand under ``/``."""
    by_menu = {path: table["unverified"] for path, table in written.menus().items() if "unverified" in table}
    return {"/": written.notes(), **by_menu}


def render() -> str:
    """Write the notes as Markdown, a section for each menu."""
    return "\n".join(["# What is unverified in the emulated router", "", *_lines()])


def _lines() -> Iterator[str]:
    for path, found in notes().items():
        yield f"## {'Everywhere' if path == '/' else f'`{path}`'}"
        yield ""
        yield from (f"- {note.rstrip('.')}." for note in found)
        yield ""


if __name__ == "__main__":
    print(render(), end="")
