"""What the device's journal says of a change of many rows, and what a later run learns from it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isthmus.engine import identity
from isthmus.engine.identity import Row
from isthmus.engine.rows import declared, own
from isthmus.transact import journal
from isthmus.transact.batches import Step
from isthmus.transact.router import Router
from isthmus.transact.rows.claiming import match
from isthmus.transact.rows.declared import Kept, Rows, Standing


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of a change.

    by: which change it is; a state that names it was written after that change, and knows all that it did.
    former: rows of others that the change takes over or removes.
    theirs: once rows are given back, the ids of nobody's rows that stood there before that began; None until then.
    """

    by: str
    former: Sequence[Standing] = ()
    theirs: frozenset[str] | None = None

    @classmethod
    def read(cls, entry: Mapping[str, object] | None) -> Note | None:
        """Read an entry of the journal."""
        if entry is None:
            return None
        former, theirs = entry.get("former"), entry.get("theirs")
        return cls(
            str(entry.get("by", "")),
            [Standing.read(str(line)) for line in former] if isinstance(former, list) else [],
            frozenset(map(str, theirs)) if isinstance(theirs, list) else None,
        )

    def entry(self, wanted: Rows) -> dict[str, object]:
        """Return the note as an entry of the journal."""
        theirs = {} if self.theirs is None else {"theirs": sorted(self.theirs)}
        return {"by": self.by, "former": [standing.text(wanted.menu) for standing in self.former], **theirs}

    def served(self, kept: Kept | None) -> bool:
        """Tell whether the state was written since, so that the note says nothing that it does not know."""
        return kept is not None and bool(self.by) and kept.noted == self.by


def name() -> str:
    """Return a name for a change: no other change has it."""
    return secrets.token_hex(4)


def noted(router: Router, wanted: Rows) -> Note | None:
    """Return what is noted of a list on its router."""
    (reply,) = router.batch([journal.intended(wanted.mark)])
    return Note.read(journal.entry(reply))


def step(wanted: Rows, there: Note | None, note: Note, *, served: bool) -> list[Step]:
    """Return what notes a change, in place of a note that is there; a refused change leaves what was there."""
    if there == note:
        return []
    entry = note.entry(wanted)
    if there is None:
        return [Step(journal.intend(wanted.mark, entry), "note the change", undo=[journal.done(wanted.mark)])]
    undo = [journal.amend(wanted.mark, there.entry(wanted))] if served else []
    return [Step(journal.amend(wanted.mark, entry), "note the change", undo=undo)]


def hold(router: Router, wanted: Rows) -> None:
    """Let no other change of the router take the note away from now on."""
    owner = wanted.mark.same_owner
    router.acknowledged.difference_update([mark for mark in router.acknowledged if mark.same_owner == owner])


def marked(wanted: Rows, kept: Kept | None, chain: Sequence[Row]) -> list[Row]:
    """Return the rows that carry one of our marks, copies made by hand among them."""
    owners = {mark.same_owner for mark in (wanted.mark, kept.mark if kept else None) if mark}
    return [row for row in chain if (holder := identity.owner(row)) and holder.same_owner in owners]


def unanswered(router: Router, wanted: Rows, kept: Kept, chain: Sequence[Row], mine: Sequence[Row]) -> list[Row]:
    """Return rows of a change whose answer was lost: they carry our mark, and say what is declared and missing."""
    strays = [row for row in marked(wanted, kept, chain) if row not in mine]
    if not strays:
        return []
    target = [declared(wanted.menu, words, router.version) for words in wanted.rows]
    held = match(wanted.menu, target, [own(wanted.menu, row, router.version) for row in mine])
    missing = [words for words, index in zip(target, held, strict=True) if index is None]
    found = match(wanted.menu, missing, [own(wanted.menu, row, router.version) for row in strays])
    return [strays[index] for index in found if index is not None]


def united(earlier: Sequence[Standing], later: Sequence[Standing]) -> list[Standing]:
    """Return rows that were there before as two sources know them, each once."""
    known = {standing.row for standing in earlier}
    return [*earlier, *[standing for standing in later if standing.row not in known]]


def given_back(
    router: Router, wanted: Rows, former: Sequence[Standing], nobodys: Sequence[Row], theirs: frozenset[str]
) -> dict[str, str]:
    """Return the ids of former rows that are there (again), by the ids that they had before.

    A row that was there already when giving back began (`theirs`) is another that says the same; where a menu has a
    key, there cannot be another.
    """
    ids = {row[".id"] for row in nobodys}
    there = {standing.row: standing.row for standing in former if standing.row in ids}
    missing = [standing for standing in former if standing.row not in there]
    keyed = any(word != wanted.menu.group for word in wanted.menu.key)
    free = [row for row in nobodys if row[".id"] not in there and (keyed or row[".id"] not in theirs)]
    words = [own(wanted.menu, row, router.version) for row in free]
    found = match(wanted.menu, [standing.words for standing in missing], words)
    pairs = zip(missing, found, strict=True)
    return there | {standing.row: free[index][".id"] for standing, index in pairs if index is not None}
