"""Objects that belong together as a set: told apart by their keys, shown one a line, made in an order that works."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from isthmus.engine import checks, text
from isthmus.engine.changes import Words
from isthmus.engine.checks import Problem
from isthmus.engine.menu import Menu, spell

KIND = "kind"
"""The word that says of which kind an object of a mixed set is: `kind=gre`."""
MenuOf = Callable[[str], Menu | None]
"""Finds the declaration of a kind of objects, None if there is none."""


class Family(NamedTuple):
    """What may be in a set: objects of one kind, `route`, or those below a name, `link` for `link/gre` and others."""

    path: str
    menu_of: MenuOf

    def menu(self, words: Mapping[str, str]) -> Menu | None:
        """Return the declaration of an object's kind."""
        return self.menu_of(self.path) or self.menu_of(f"{self.path}/{words.get(KIND, '')}")

    @property
    def mixed(self) -> bool:
        """Whether its objects say of which kind they are."""
        return self.menu_of(self.path) is None


class Member(NamedTuple):
    """An object of a set, with its words in canonical spelling."""

    menu: Menu
    words: Words

    @property
    def key(self) -> str:
        """What tells it apart from others of its set, whatever else of it changes."""
        known = zip(self.menu.key, self.menu.identity(self.words), strict=True)
        return " ".join([self.menu.path, *[f"{name}={text.quoted(value)}" for name, value in known if value]])

    @property
    def place(self) -> tuple[str, str]:
        """The kind and namespace that it is found in."""
        return self.menu.path, self.words.get("netns", "")

    def mark(self, owner: str) -> str:
        """Return its own mark on the host, below that of the set."""
        return f"{owner}/{hashlib.sha256(self.key.encode()).hexdigest()[:8]}"


def parse(family: Family, listing: str) -> list[Member]:
    """Return the objects of a text that was checked."""
    members = []
    for line in text.lines(listing):
        words = text.words(line)
        menu = family.menu(words)
        if menu is not None:
            members.append(Member(menu, menu.canonical(_own(family, words))))
    return members


def render(family: Family, members: Iterable[Member]) -> str:
    """Return objects as text, one a line and sorted: the order in a set means nothing."""
    return block(family, [line(family, member.menu, member.words) for member in members])


def line(family: Family, menu: Menu, words: Words) -> str:
    """Return one object as a line."""
    kind = f"{KIND}={menu.path.removeprefix(family.path + '/')} " if family.mixed else ""
    return kind + text.line(menu, words)


def block(family: Family, lines: Iterable[str]) -> str:
    """Return lines below the name of what they are.

    Pulumi shows a text that happens to be YAML as a tree; the name keeps it from being one.
    """
    return "".join(f"{entry}\n" for entry in [f"/{family.path}", *sorted(lines)])


def problems(family: Family, listing: str) -> list[Problem]:
    """Return what is wrong with each line, by its number, and which objects are declared twice."""
    found = [
        Problem("objects", f"{family.path} {number}: {problem.reason}")
        for number, entry in enumerate(text.lines(listing), 1)
        for problem in _wrong(family, entry)
    ]
    return found or _twice(parse(family, listing))


def _wrong(family: Family, entry: str) -> list[Problem]:
    try:
        words = text.words(entry)
    except ValueError as error:
        return [Problem("objects", str(error))]
    menu = family.menu(words)
    if menu is None:
        kind = words.get(KIND)
        return [Problem(KIND, f"{kind!r} is no kind of {family.path}" if kind else f"{KIND} is required")]
    attributes = {_attribute(menu, name): value for name, value in _own(family, words).items()}
    spelled, wrong = checks.canonical(menu, attributes)
    wrong += checks.missing(menu, attributes)
    wrong += [_nameless(menu)] if "name" in menu.key and not attributes.get("name") else []
    return wrong or checks.together(menu, spelled)


def _nameless(menu: Menu) -> Problem:
    return Problem("name", f"{menu.path}: name is required: in a set each object says its own")


def _attribute(menu: Menu, name: str) -> str:
    return menu.by_name[name].attribute if name in menu.by_name else name


def _own(family: Family, words: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in words.items() if name != KIND or not family.mixed}


def _twice(members: Sequence[Member]) -> list[Problem]:
    keys = [_name(member) for member in members]
    return [
        Problem("objects", f"{key} is declared twice: remove one")
        for key in sorted({k for k in keys if keys.count(k) > 1})
    ]


def _name(member: Member) -> str:
    """Return what no other object of a set may be called: links of all kinds share their names."""
    if not member.menu.path.startswith("link/"):
        return member.key
    return " ".join(["link", member.words.get("name", ""), member.words.get("netns", "")]).strip()


def arranged(members: Iterable[Member]) -> list[Member]:
    """Return objects in an order in which the kernel takes them.

    A link comes behind the links that it names, a gateway's route behind those that lead to the gateway.
    """
    waiting = sorted(members, key=_depth)
    names = {member.words.get("name", "") for member in waiting} - {""}
    placed: list[Member] = []
    while waiting:
        ready = [member for member in waiting if not _named(member) & names] or waiting[:1]
        placed += ready
        names -= {member.words.get("name", "") for member in ready}
        waiting = [member for member in waiting if member not in ready]
    return placed


def _depth(member: Member) -> tuple[bool, int]:
    words = member.words
    leads_on = bool(words.get("via") or words.get("nexthops"))
    length = words.get("dst", "/0").rpartition("/")[2]
    return leads_on, -int(length or 0)


def _named(member: Member) -> set[str]:
    """Return all that a link may name: the names of other links are among it."""
    return {value for name, value in member.words.items() if name not in {"name", "netns", "alias"}}


def summary(before: Sequence[Member], after: Sequence[Member]) -> str:
    """Say in a line what comes, goes and changes."""
    old = {member.key: member.words for member in before}
    new = {member.key: member.words for member in after}
    parts = [
        (len(new.keys() - old.keys()), "to add"),
        (len(old.keys() - new.keys()), "to remove"),
        (sum(old[key] != new[key] for key in old.keys() & new.keys()), "to change"),
    ]
    return ", ".join(f"{count} {what}" for count, what in parts if count)


def spelled(menu: Menu, given: Mapping[str, object]) -> dict[str, str]:
    """Return words given by attribute under the device's names, in canonical spelling where they have one."""
    return {_name_of(menu, name): _spelling(menu, name, value) for name, value in given.items()}


def strange(given: Mapping[str, object]) -> str:
    """Return a line for an object of no known kind, for the check to tell what is wrong with it."""
    return " ".join(f"{name}={text.quoted(str(value))}" for name, value in given.items())


def _name_of(menu: Menu, attribute: str) -> str:
    return menu.words[attribute].name if attribute in menu.words else attribute


def _spelling(menu: Menu, attribute: str, value: object) -> str:
    return spell(menu.words[attribute], value) if attribute in menu.words else str(value)
