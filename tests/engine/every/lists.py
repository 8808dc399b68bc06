"""Lists and sets whose rows have the same words as the specimens of their menu."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.engine.every import firewall, ipv6
from tests.engine.every.specimen import Specimen, Value

OWN = "every"
"""The chain, or the list, that each of them owns rows in."""


@dataclass(frozen=True)
class Listing:
    """One list of rows, or set of entries."""

    kind: str
    group: str
    listed: str
    rows: Sequence[Specimen]

    @property
    def path(self) -> str:
        """The menu of the rows."""
        return self.rows[0].declared.path

    def values(self, version: str, *, full: bool) -> list[dict[str, Value]]:
        """Return the values of each row that a router of this version knows; even the smallest has a comment."""
        known = [row.values(version, full=full) for row in self.rows if row.on(version)]
        told = [
            {**words, "comment": words.get("comment", Value(f"row {n}", "by hand"))} for n, words in enumerate(known)
        ]
        return [{name: value for name, value in words.items() if name != self.group} for words in told]

    def on(self, version: str) -> bool:
        """Tell whether a router of this version has the menu of the rows."""
        return any(row.on(version) for row in self.rows)

    def program(self, version: str, *, full: bool) -> str:
        """Return the line of a program that declares it."""
        rows = [_given(words) for words in self.values(version, full=full)]
        return f"routeros.{self.kind}({self.kind!r}, device='seattle', {self.group}={OWN!r}, {self.listed}={rows!r})\n"


def program(listings: Iterable[Listing], version: str, *, full: bool) -> str:
    """Return a program that declares all of them."""
    return "".join(listing.program(version, full=full) for listing in listings if listing.on(version))


def _given(words: dict[str, Value]) -> dict[str, Any]:
    return {name: value.given for name, value in words.items()}


def _of(kind: str) -> list[Specimen]:
    return [specimen for specimen in [*firewall.SPECIMENS, *ipv6.SPECIMENS] if specimen.kind == kind]


_RULES = ("Filter", "Mangle", "Nat", "Raw")
LISTINGS = [
    *(
        Listing(f"{family}.firewall.{kind}Rules", "chain", "rules", _of(f"{family}.firewall.{kind}Rule"))
        for family in ("ip", "ipv6")
        for kind in _RULES
    ),
    *(
        Listing(f"{family}.firewall.AddressList", "list", "entries", _of(f"{family}.firewall.AddressListEntry"))
        for family in ("ip", "ipv6")
    ),
]
