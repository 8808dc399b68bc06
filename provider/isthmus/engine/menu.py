"""What is known of a router's menu: its words, and what may be done with each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from isthmus.engine.kinds import Kind, Loose
from isthmus.engine.version import Version, parse

Evidence = Literal["recorded", "manual", "inferred"]
"""How sure a fact is: seen on a real router, said by MikroTik's manual, or concluded from either."""


@dataclass(frozen=True, slots=True)
class Word:
    """One argument of a menu, as routers spell it."""

    name: str
    attribute: str
    kind: Kind
    doc: str
    required: bool = False
    since: str = ""
    until: str = ""
    evidence: Evidence = "recorded"
    secret: bool = False
    replaces: bool = False
    unset: bool | str = False
    """Whether the router takes the word away again, or from which version on."""
    default: str | Mapping[str, str | None] | None = None
    cuts: bool = False
    refers: bool = False
    """Whether it names a row of another menu, so that the row goes and comes with that one."""
    drifts: bool = True
    """Whether it stays as it is where nobody declares it; else the device moves it by itself, and that is no drift."""

    def known(self, version: Version) -> bool:
        """Tell whether a router of this version has the word."""
        return not (self.since and version < parse(self.since)) and not (self.until and version >= parse(self.until))

    def unsettable(self, version: Version) -> bool:
        """Tell whether a router of this version takes the word away again."""
        return version >= parse(self.unset) if isinstance(self.unset, str) else self.unset

    def removable(self, version: Version) -> bool:
        """Tell whether a row that has the word can be without it again."""
        return self.unsettable(version) or self.default_of(version) is not None

    def default_of(self, version: Version) -> str | None:
        """Return the value that a router of this version gives the word by itself, None if that is unknown."""
        if self.default is None or isinstance(self.default, str):
            return self.default
        fitting = [text for since, text in self.default.items() if version >= parse(since)]
        return fitting[-1] if fitting else None


@dataclass(frozen=True)
class Menu:
    """A menu of a router.

    key: the words that tell rows apart; empty where rows may be equal (firewall rules).
    group: the word whose value names the list that a row is ordered in (`chain`).
    comment: whether its rows have a comment, which is where the ownership mark stands.
    cuts: whether making or removing one can cut the way in.
    carries: whether the way in may go over one, so that any change of it can cut it.
    implied: gives a row's words the keys that the device would, so that rows are told apart by all of their key.
    together: says which of the words, by attribute, do not go together, and why.
    listed: whether a device can list all that it has of it; of files, it lists only those that are recorded as ours.
    """

    path: str
    words: Mapping[str, Word]
    key: tuple[str, ...] = ()
    singleton: bool = False
    ordered: bool = False
    group: str = ""
    comment: bool = True
    cuts: bool = False
    carries: bool = False
    listed: bool = True
    since: str = ""
    until: str = ""
    doc: str = field(default="", compare=False)
    implied: Callable[[Mapping[str, str]], Mapping[str, str]] = field(default=dict, compare=False)
    together: Callable[[Mapping[str, str]], Iterable[tuple[str, str]]] = field(default=lambda _: (), compare=False)

    @cached_property
    def by_name(self) -> Mapping[str, Word]:
        """The words by the router's spelling."""
        return {word.name: word for word in self.words.values()}

    @cached_property
    def required(self) -> tuple[Word, ...]:
        """The words without which the router refuses an item."""
        return tuple(word for word in self.words.values() if word.required)

    def canonical(self, row: Mapping[str, str]) -> dict[str, str]:
        """Return the declared words of a printed row in their canonical spelling.

        A value that this menu's declaration cannot read is kept as printed: it is drift, not an error.
        """
        return {name: spell(self.by_name[name], text) for name, text in row.items() if name in self.by_name}

    def identity(self, words: Mapping[str, str]) -> tuple[str, ...]:
        """Return what tells a row apart from others, given its words in canonical spelling."""
        known = {**words, **self.implied(words)}
        return tuple(known.get(name, "") for name in self.key)

    def present(self, version: Version) -> bool:
        """Tell whether a router of this version has the menu."""
        return not (self.since and version < parse(self.since)) and not (self.until and version >= parse(self.until))


def spell(word: Word, value: Any) -> str:
    """Return the canonical spelling of what a router printed or a state holds, or the text itself where it has none."""
    try:
        return word.kind.canonical(value)
    except ValueError:
        return str(value)


def widened(known: Menu, free: Menu) -> Menu:
    """Return a declared menu for a generic resource: words by the router's names, and those it does not declare."""
    words = {word.name: replace(word, attribute=word.name) for word in known.words.values()}
    return replace(known, words={**free.words, **words})


_SECRETIVE = (
    "password",
    "passphrase",
    "passwd",
    "secret",
    "private-key",
    "preshared-key",
    "pre-shared-key",
    "psk",
    "auth-key",
    "static-key",
    "token",
)


def sounds_secret(name: str) -> bool:
    """Tell whether a word of a menu without a declaration is to be kept out of sight."""
    return any(part in name.lower().replace("_", "-") for part in _SECRETIVE)


def untyped(
    path: str, names: Iterable[str], *, key: tuple[str, ...] = (), comment: bool = True, singleton: bool = False
) -> Menu:
    """Return a menu of which nothing but its words is known, for `Item` and `Settings`.

    Whether the router can unset a word is not known either, so a row that loses one is made anew.
    """
    every = [*names, *(["comment"] if comment else [])]
    kinds = {name: Kind() if name == "comment" else Loose() for name in every}
    words = {
        name: Word(name, name, kind, "", secret=sounds_secret(name), evidence="inferred")
        for name, kind in kinds.items()
    }
    return Menu(path=path, words=words, key=key, comment=comment, singleton=singleton)
