"""Which row is ours: by mark, then by recorded id with a natural match, then by natural key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from isthmus.engine.durations import milliseconds
from isthmus.engine.kinds import Loose
from isthmus.engine.mark import Mark, split
from isthmus.engine.menu import Menu, Word

Row = Mapping[str, str]


class Intent(NamedTuple):
    """A row that a run was about to make, as the device's journal tells it."""

    words: Mapping[str, str]
    """Its words, but for secrets."""
    there: frozenset[str]
    """The ids of the rows that stood there already."""


class Claim(NamedTuple):
    """What is known of the row that is looked for."""

    mark: Mark
    words: Mapping[str, str]
    """The words wanted or recorded, canonical."""
    recorded: str = ""
    """The `.id` in the state, empty if there is none."""
    intended: Intent | None = None
    """What the device's journal says that a killed run was about to make."""


@dataclass(frozen=True, slots=True)
class Found:
    """The row, and how it was told."""

    row: Row | None = None
    ours: bool = True
    copies: tuple[Row, ...] = ()
    """Rows that a person copied together with our mark."""


def owner(row: Row) -> Mark | None:
    """Return the mark in a row's comment."""
    return split(row.get("comment", ""))[1]


def find(menu: Menu, rows: Sequence[Row], claim: Claim) -> Found:
    """Return our row among `rows`, or one that stands in its place without being ours."""
    marked = [row for row in rows if (mark := owner(row)) and mark.same_owner == claim.mark.same_owner]
    if marked:
        ours = next((row for row in marked if row[".id"] == claim.recorded), marked[0])
        return Found(ours, copies=tuple(row for row in marked if row is not ours))
    by_id = next((row for row in rows if row.get(".id") == claim.recorded), None) if claim.recorded else None
    if by_id is not None and _natural(menu, by_id, claim.words) and owner(by_id) is None:
        return Found(by_id)
    made = _made(menu, rows, claim.intended) if claim.intended and not menu.comment else None
    if made is not None:
        return Found(made)
    by_key = next((row for row in rows if menu.key and _same_key(menu, row, claim.words)), None)
    if by_key is None:
        return Found()
    return Found(by_key, ours=_ours_by_key(menu, by_key, claim))


def _ours_by_key(menu: Menu, row: Row, claim: Claim) -> bool:
    """A row with our key and no mark is ours if the state says that we made one, or if its name carries the mark."""
    if owner(row) is not None:
        return False
    return bool(claim.recorded) or (not menu.comment and named_by_mark(row, claim.mark))


def _made(menu: Menu, rows: Sequence[Row], intent: Intent) -> Row | None:
    """Return the row that a killed run made: one that came since, is nobody's and says what was intended.

    Where rows have no key, the only one that came since may also be spelled otherwise by the router.
    """
    came = [
        row for row in rows if row[".id"] not in intent.there and owner(row) is None and row.get("dynamic") != "true"
    ]
    exact = next((row for row in came if _says(menu, menu.canonical(row), intent.words)), None)
    if exact is not None or menu.key or len(came) != 1:
        return exact
    return came[0] if _mostly(menu.canonical(came[0]), intent.words) else None


def _says(menu: Menu, actual: Mapping[str, str], words: Mapping[str, str]) -> bool:
    """Tell whether a row says these words, and nothing else that is known not to be a router's own default."""
    open_words = (word for word in menu.by_name.values() if not word.secret)
    return all(
        _alike(word, actual.get(word.name), words[word.name])
        if word.name in words
        else word.default is None or _by_itself(word, actual.get(word.name))
        for word in open_words
    )


def _alike(word: Word, shown: str | None, given: str) -> bool:
    """Compare a value with one that was written; where nothing is known of a word it may be a length of time."""
    if shown is None:
        return _by_itself(word, given)
    try:
        return shown == given or (isinstance(word.kind, Loose) and milliseconds(shown) == milliseconds(given))
    except ValueError:
        return False


def _mostly(actual: Mapping[str, str], words: Mapping[str, str]) -> bool:
    return 2 * sum(actual.get(name) == text for name, text in words.items()) >= len(words)


def named_by_mark(words: Row, mark: Mark) -> bool:
    """Tell whether a name carries the mark, where the menu has no comment to carry it."""
    return words.get("name", "").endswith(f"-{mark.resource}")


def _natural(menu: Menu, row: Row, words: Mapping[str, str]) -> bool:
    """Ids may be given anew after a reset: a row is ours only if it also looks like ours.

    It may have another key where someone renamed it; then most of its words must be ours.
    """
    names = menu.key or tuple(name for name in (menu.group, "action") if name)
    actual = menu.canonical(row)
    named = [name for name in names if name in words]
    if not named:
        return _mostly(actual, words)
    equal = [name for name in words if actual.get(name) == words[name]]
    return all(name in equal for name in named) or (len(equal) > 1 and 2 * len(equal) > len(words))


def _same_key(menu: Menu, row: Row, words: Mapping[str, str]) -> bool:
    """Compare the words that tell rows apart; one that is not given is what the router makes of it."""
    if row.get("dynamic") == "true" or not any(name in words for name in menu.key):
        return False
    actual = menu.canonical(row)
    return all(
        actual.get(name) == words[name] if name in words else _by_itself(menu.by_name[name], actual.get(name))
        for name in menu.key
    )


def _by_itself(word: Word, text: str | None) -> bool:
    defaults = word.default.values() if isinstance(word.default, Mapping) else [word.default]
    return not text or text in defaults


def queries(menu: Menu, claim: Claim, comment: str, ids: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the API query that selects every row that `find` could tell for ours, as far as words can say it."""
    key = [f"{name}={claim.words[name]}" for name in menu.key if name in claim.words]
    alternatives = [[f".id={row}"] for row in {claim.recorded, *ids} - {""}]
    alternatives += [[f"comment={comment}"]] if menu.comment else []
    alternatives += [key + ["#&"] * (len(key) - 1)] if key else []
    words = [word for alternative in alternatives for word in alternative]
    return (*words, *["#|"] * (len(alternatives) - 1))
