"""Questions to the person who trusts a device, and what they decide on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from isthmus.devices import LockEntry
from isthmus.devices.base import DeviceBase
from isthmus.errors import ConfigurationError

Ask = Callable[[str], bool]


def confirmed(
    device: DeviceBase, found: LockEntry, before: LockEntry | None, ask: Ask, words: Sequence[tuple[str, str]]
) -> LockEntry | None:
    """Show what was found and what was recorded, and ask; ``words`` are those of an entry and what people call them."""
    if found == before:
        print(f"{device.name}: unchanged")
        return found
    for word, title in words:
        now, was = getattr(found, word), getattr(before, word, None)
        print(f"{device.name}: {title} {now}" + (f"  (was {was})" if was and was != now else ""))
    return found if ask(f"{device.name}: trust this {_NOUNS.get(type(device).__name__, 'device')}?") else None


def always(_question: str) -> bool:
    """Answer yes."""
    return True


def asked(question: str) -> bool:
    """Ask at the terminal. Raises ConfigurationError without one."""
    if not sys.stdin.isatty():
        raise ConfigurationError("somebody must answer: run this in a terminal, or with --yes")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


_NOUNS = {"RouterOSDevice": "router", "LinuxDevice": "host"}
