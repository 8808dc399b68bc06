"""How the nodes of a running lab are reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isthmus_lab.linux.keys import KeyPair


@dataclass(frozen=True, slots=True)
class RunningHost:
    """A Linux host's SSH, as seen from the machine."""

    host: str
    port: int
    user: str
    host_key: KeyPair


@dataclass(frozen=True, slots=True)
class RunningRouter:
    """An emulated router's API over TLS."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    fingerprint: str
