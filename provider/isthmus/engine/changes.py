"""What differs between a row that is wanted and the row that is there, and which words mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from isthmus.engine.menu import Menu, Word
from isthmus.engine.seal import fits, seal
from isthmus.engine.version import Version

Words = Mapping[str, str]
"""A row's declared words in canonical spelling, by the router's names; the comment without its mark."""

UNSET = ""
"""Stands for a property that the router shows no more."""
SET, CHANGED = "(set by hand)", "(changed by hand)"
"""Stand for an undeclared secret that is there and was not, or is another than it was."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a row was when it was made, and on which version.

    words: its undeclared properties. spelled: declared values that the router keeps in a spelling of its own, which
    no declaration knows: each as given and as shown. seals: its undeclared secrets, sealed; None where that was not
    recorded.
    """

    words: Words
    version: Version
    spelled: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    seals: Mapping[str, str] | None = None

    def given(self, declared: Words, actual: Words) -> dict[str, str]:
        """Return a row's words with the router's own spellings taken back."""
        kept = {
            name: given
            for name, (given, shown) in self.spelled.items()
            if actual.get(name) == shown and declared.get(name) == given
        }
        return {**actual, **kept}


@dataclass(frozen=True, slots=True)
class Change:
    """The words to send: some get a value, others are unset."""

    set: dict[str, str] = field(default_factory=dict)
    unset: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.set or self.unset)


def baseline(menu: Menu, declared: Words, actual: Words, version: Version) -> Baseline:
    """Record the undeclared properties of a row that was just written; of a secret only a seal."""
    kept = {name for name, word in menu.by_name.items() if name not in declared and not word.secret and word.drifts}
    words = {name: text for name, text in actual.items() if name in kept}
    spelled = {
        name: (text, actual[name])
        for name, text in declared.items()
        if name in actual
        and not menu.by_name[name].secret
        and not same(menu.by_name[name], actual[name], text, version)
    }
    seals = {name: seal(text) for name, text in _secrets(menu, declared, actual).items()}
    return Baseline(words, version, spelled, seals)


def _secrets(menu: Menu, declared: Words, actual: Words) -> dict[str, str]:
    """Return the secrets that are there and were not declared."""
    return {name: text for name, text in actual.items() if text and menu.by_name[name].secret and name not in declared}


def deviations(menu: Menu, declared: Words, base: Baseline, actual: Words) -> dict[str, str]:
    """Return the undeclared properties that are not as they were found, with what they are now.

    A word that came with a later version than the one recorded is new, not changed. Of a secret only that it changed.
    """
    changed = {
        name: actual.get(name, UNSET)
        for name, word in menu.by_name.items()
        if name not in declared
        and not _ignored(word, base.version)
        and not same(word, actual.get(name), base.words.get(name), base.version)
    }
    return {**changed, **_broken(menu, declared, base, actual)}


def _broken(menu: Menu, declared: Words, base: Baseline, actual: Words) -> dict[str, str]:
    """Return the undeclared secrets that came, went or changed; one that the router does not show may be hidden."""
    if base.seals is None:
        return {}
    there = _secrets(menu, declared, actual)
    came = dict.fromkeys([name for name in there if name not in base.seals], SET)
    known = [(name, sealed) for name, sealed in base.seals.items() if name in actual and name not in declared]
    changed = {
        name: CHANGED if name in there else UNSET for name, sealed in known if not fits(actual.get(name, ""), sealed)
    }
    return {**came, **changed}


def irreparable(menu: Menu, declared: Words, base: Baseline, actual: Words) -> list[str]:
    """Return the undeclared secrets that changed and that nobody remembers: what they are now must stay."""
    return [
        name for name in _broken(menu, declared, base, actual) if name in (base.seals or {}) and name not in base.words
    ]


def shown_only(menu: Menu, words: Words) -> dict[str, str]:
    """Return words without what stands for secrets: a refresh put it there, and nobody declared it."""
    return {name: text for name, text in words.items() if not (menu.by_name[name].secret and text in (SET, CHANGED))}


def same(word: Word, one: str | None, other: str | None, version: Version) -> bool:
    """Tell whether two values say the same: the router may show its own default, or not."""
    default = word.default_of(version) or UNSET
    return (one or default) == (other or default)


def _ignored(word: Word, version: Version) -> bool:
    return word.secret or word.name == "comment" or not word.known(version) or not word.drifts


def observed(menu: Menu, declared: Words, base: Baseline, actual: Words) -> dict[str, str]:
    """Return what a refresh reports: declared words as they are, and undeclared ones that changed.

    A secret that the router does not show is taken for unchanged.
    """
    declared = {name: text for name, text in shown_only(menu, declared).items() if text != UNSET}
    actual = base.given(declared, actual)
    silent = {name: text for name, text in declared.items() if text == menu.by_name[name].default_of(base.version)}
    shown = {name: actual.get(name, text) for name, text in {**actual, **silent}.items() if name in declared}
    hidden = {name: text for name, text in declared.items() if name not in actual and menu.by_name[name].secret}
    now, made = actual.get("comment", UNSET), base.words.get("comment", UNSET)
    comment = {"comment": now} if "comment" not in shown and "comment" not in declared and now != made else {}
    return {**shown, **hidden, **comment, **deviations(menu, declared, base, actual)}


def change(menu: Menu, declared: Words, recorded: Words, base: Baseline, actual: Words, version: Version) -> Change:
    """Return what makes `actual` as declared: new values, words no longer declared unset, deviations put back."""
    actual = base.given(declared, actual)
    wanted: dict[str, str | None] = dict(declared)
    stays = irreparable(menu, declared, base, actual)
    for name in {*recorded, *deviations(menu, declared, base, actual)} - {*declared, *stays}:
        wanted[name] = restored(menu.by_name[name], base, version)
    differing = {
        name: text
        for name, text in wanted.items()
        if not _hidden(menu.by_name[name], actual, recorded, text)
        and not same(menu.by_name[name], actual.get(name), text, version)
    }
    return Change(
        {name: text for name, text in differing.items() if text is not None},
        tuple(sorted(name for name, text in differing.items() if text is None and _unsettable(menu, name, version))),
    )


def _unsettable(menu: Menu, name: str, version: Version) -> bool:
    return menu.by_name[name].unsettable(version)


def _hidden(word: Word, actual: Words, recorded: Words, text: str | None) -> bool:
    """A secret that the router does not show is compared with what was written last."""
    return word.secret and word.name not in actual and recorded.get(word.name) == text


def restored(word: Word, base: Baseline, version: Version) -> str | None:
    """Return what an undeclared word goes back to: as found, unset (None), or the version's default."""
    if word.name in base.words:
        return base.words[word.name]
    if word.name == "comment":
        return ""
    return None if word.unsettable(version) else word.default_of(version)


def differ(before: Words, after: Words) -> bool:
    """Tell whether words were changed: an empty one that is declared says the same as one that is not there."""
    return any(before.get(name, UNSET) != text for name, text in after.items()) or any(
        name not in after for name in before
    )


def needs_replacing(menu: Menu, before: Words, after: Words, base: Baseline, version: Version) -> list[str]:
    """Return the words whose change or removal only a new row can bring."""
    changed = [word for name, word in menu.by_name.items() if before.get(name, UNSET) != after.get(name, UNSET)]
    return [word.name for word in changed if word.replaces or _cannot_go(word, after, base, version)]


def _cannot_go(word: Word, after: Words, base: Baseline, version: Version) -> bool:
    known = word.name in base.words or word.name in (base.seals or {})
    removed = word.name not in after and not known and word.name != "comment"
    return removed and not word.removable(version)
