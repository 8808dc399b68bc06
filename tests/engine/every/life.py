"""All specimens on one router, through what a program and a person do to them."""

from __future__ import annotations

import difflib
import pkgutil
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from isthmus.engine.version import parse
from isthmus_lab import EmulatedRouter
from tests.engine import every
from tests.engine.every import hand, lists
from tests.engine.every.lists import LISTINGS, OWN
from tests.engine.every.program import program
from tests.engine.every.scenery import arrange
from tests.engine.every.specimen import Specimen
from tests.support.deployment import Deployment

TABLES = [import_module(f"{every.__name__}.{name}") for _, name, _ in pkgutil.iter_modules(every.__path__)]
SPECIMENS: list[Specimen] = [specimen for table in TABLES for specimen in getattr(table, "SPECIMENS", [])]
FAST = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
"""The state is written once, at the end of a command, not after each resource: nothing here kills a command."""


@dataclass
class Life:
    """A stack that declares one or several resources of every type."""

    deployment: Deployment
    version: str
    specimens: list[Specimen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.deployment.environment.update(FAST)
        self.router: EmulatedRouter = self.deployment.router("seattle", self.version)
        arrange(self.router, self.version)
        self.specimens = [specimen for specimen in SPECIMENS if specimen.on(self.version)]

    @property
    def listings(self) -> list[lists.Listing]:
        """The lists that the router has menus for."""
        return [listing for listing in LISTINGS if listing.on(self.version)]

    def declare(self, *, full: bool, **options: Any) -> None:
        """Write the program, with every word or with as few as can be."""
        rows = program(self.specimens, self.version, full=full, **options)
        self.deployment.program(rows if options else rows + lists.program(LISTINGS, self.version, full=full))

    def rows(self) -> list[tuple[Specimen, Mapping[str, str]]]:
        """Return each specimen with its row, or its settings."""
        marks = {_name(entry): str(entry["outputs"]["mark"]) for entry in self.deployment.state()}
        return [(specimen, hand.find(self.router, specimen, marks[specimen.name])) for specimen in self.specimens]

    def change_by_hand(self) -> dict[str, set[str]]:
        """Change every word of every row, and return the attributes by the resource's name."""
        for specimen, row in self.rows():
            words = self._changeable(specimen)
            hand.change(self.router, specimen, row, {_wire(specimen, name): text for name, text in words.items()})
        return {specimen.name: _shown(specimen, self._changeable(specimen)) for specimen in self.specimens}

    def _changeable(self, specimen: Specimen) -> dict[str, str]:
        """Return what a person changes; without a comment a row is known by its name alone."""
        told = specimen.declared.key if not specimen.declared.comment else ()
        values = specimen.values(self.version, full=True).items()
        return {name: value.changed for name, value in values if name not in told and value.changed is not None}

    def unset_by_hand(self) -> dict[str, set[str]]:
        """Unset every word that a router can unset, and return the attributes by the resource's name."""
        unset: dict[str, set[str]] = {}
        for specimen, row in self.rows():
            known = {name: specimen.declared.words[name] for name in specimen.values(self.version, full=True)}
            words = {name for name, word in known.items() if word.unsettable(parse(self.version))}
            hand.change(self.router, specimen, row, {_wire(specimen, name): "" for name in words})
            unset[specimen.name] = words
        return unset

    def erase_marks_by_hand(self) -> set[str]:
        """Take our mark out of every comment, and return the names of the resources."""
        marked = [(specimen, row) for specimen, row in self.rows() if specimen.declared.comment and ".id" in row]
        for specimen, row in marked:
            hand.erase_mark(self.router, specimen, row)
        return {specimen.name for specimen, _ in marked}

    def remove_by_hand(self) -> None:
        """Remove every row, those of lists too."""
        for specimen, row in self.rows():
            if ".id" in row:
                hand.remove(self.router, specimen, row)
        for listing in self.listings:
            for row in self.rows_of(listing):
                self.router.control.execute(f"{listing.path}/remove", {".id": row[".id"]})

    def change_lists_by_hand(self) -> int:
        """Change every word of every row of the lists, and return how many rows there are."""
        changed = 0
        for listing in self.listings:
            menu = listing.rows[0].declared
            for row, words in zip(self.rows_of(listing), listing.values(self.version, full=True), strict=True):
                texts = {
                    menu.words[name].name: value.changed
                    for name, value in words.items()
                    if name != "comment" and value.changed is not None
                }
                self.router.control.execute(f"{listing.path}/set", {".id": row[".id"], **texts})
                changed += 1
        return changed

    def export(self) -> list[str]:
        """Return the router's whole configuration but for notes, which go with the first change after they served."""
        lines = self.router.control.export().splitlines()
        return [line for line in lines if not line.startswith("add name=isthmus-intent-")]

    def rows_of(self, listing: lists.Listing) -> list[Mapping[str, str]]:
        """Return the rows of one list."""
        return [row for row in hand.rows(self.router, listing.path) if row[listing.group] == OWN]


def _name(entry: Mapping[str, Any]) -> str:
    return str(entry["urn"]).rpartition("::")[2]


def _shown(specimen: Specimen, attributes: Iterable[str]) -> set[str]:
    """Leave out secrets, whose change Pulumi shows on the resource only."""
    return {name for name in attributes if not specimen.declared.words[name].secret}


def _wire(specimen: Specimen, attribute: str) -> str:
    return specimen.declared.words[attribute].name


def changed_properties(preview: str) -> dict[str, set[str]]:
    """Return which properties a preview's text shows as changed, by the resource's name; Pulumi shows no secret so."""
    found: dict[str, set[str]] = {}
    name = ""
    for line in preview.splitlines():
        if urn := re.match(r"\s+\[urn=.*::([^:]+)\]$", line):
            name = urn[1]
        elif word := re.match(r"\s+[-+~] ([\w-]+)\s*:", line):
            found.setdefault(name, set()).add(word[1])
    return found


def same(before: Sequence[str], after: Sequence[str]) -> None:
    """Fail if lines came or went, and say which."""
    changes = difflib.unified_diff(before, after, "before", "after", lineterm="", n=0)
    assert before == after, "\n".join(changes)


def settled(export: Sequence[str]) -> list[str]:
    """Return an export's lines in any order, without what says in words that something is off or empty."""
    return sorted(re.sub(r' [\w-]+=(""|false)(?= |$)', "", line) for line in export)
