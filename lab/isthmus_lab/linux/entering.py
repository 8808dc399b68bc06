"""How a command gets into a host, from anywhere on the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMESPACES: Final = ("--mount", "--uts", "--ipc", "--net", "--pid")


def words(pid: int, command: Sequence[str]) -> list[str]:
    """Give the words that run a command in all namespaces of a process, in its root folder."""
    return ["nsenter", "--target", str(pid), *_NAMESPACES, "--", *command]
