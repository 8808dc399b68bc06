"""Whose a link is: the mark stands at the end of its alias, behind the user's own text, and `ip link` shows it."""

from __future__ import annotations

import re

from isthmus_agent.errors import Refused

SIZE = 255
"""Bytes of an alias (IFALIASZ without its end)."""
_MARKED = re.compile(r"(?P<text>.*?)\s?\[isthmus:(?P<mark>[^\]]+)\]", re.DOTALL)


def split(alias: str) -> tuple[str, str]:
    """Return the user's part of an alias, and the mark behind it, '' if there is none."""
    found = _MARKED.fullmatch(alias)
    return (found["text"], found["mark"]) if found else (alias, "")


def join(text: str, mark: str) -> str:
    """Return the alias as the link has it; Refused if it is too long."""
    alias = " ".join(part for part in (text, f"[isthmus:{mark}]" if mark else "") if part)
    if len(alias.encode()) > SIZE:
        room = SIZE - len(alias.encode()) + len(text.encode())
        raise Refused(f"is longer than the {room} bytes that are left beside our mark: shorten it", "alias")
    return alias
