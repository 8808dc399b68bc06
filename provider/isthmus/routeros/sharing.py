"""Who has rules in a chain: where one resource owns it whole, a program hears of a second one before any change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.settings import get_monitor


class Chain(NamedTuple):
    """A chain of one router."""

    device: str
    menu: str
    name: str

    def __str__(self) -> str:
        return f"{self.device}: {self.menu}: {self.name}"


_OWNERS: WeakKeyDictionary[object, dict[Chain, dict[str, bool]]] = WeakKeyDictionary()
"""By program run and chain, the resources that have rules in it, and whether each owns it whole."""


def enter(resource: str, device: object, menu: str, name: object, *, whole: object) -> None:
    """Note that a resource has rules in a chain; RunError names both where one of two owns it whole.

    What only the deployment will tell (an output for a chain's or a device's name) is left to the router.
    """
    known = str(device.get("name", "")) if isinstance(device, Mapping) else device
    if not (isinstance(known, str) and isinstance(name, str)):
        return
    chain = Chain(known, menu, name)
    owners = _OWNERS.setdefault(get_monitor(), {}).setdefault(chain, {})
    owners[resource] = whole is True
    _refuse(chain, owners)


def _refuse(chain: Chain, owners: Mapping[str, bool]) -> None:
    whole = next((owner for owner, owns in owners.items() if owns), None)
    other = next((owner for owner in owners if owner != whole), None)
    if whole is None or other is None:
        return
    found = f"{whole!r} owns the whole chain (exclusive=True), and {other!r} has rules in it too"
    raise pulumi.RunError(f"{chain}: {found}; leave exclusive out, or remove the others' rules")
